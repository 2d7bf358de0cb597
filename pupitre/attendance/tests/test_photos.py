import io

import pytest
from PIL import Image

from pupitre.attendance.photos import NotAPhoto, is_pdf, is_photo, without_traces

CAMERA, ORIENTATION, GPS = 0x010F, 0x0112, 0x8825


def photo(kind, orientation=6):
    """A sheet of paper as a telephone takes it: with its brand, its place, and how it was held."""
    exif = Image.Exif()
    exif[CAMERA], exif[ORIENTATION] = "Telephone", orientation
    exif.get_ifd(GPS).update({1: "N", 2: (48.0, 51.0, 24.0)})
    out = io.BytesIO()
    Image.effect_noise((60, 40), 60).convert("RGB").save(out, kind, exif=exif, comment=b"chez nous")
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_loses_its_traces_and_none_of_its_points(kind):
    before = photo(kind)
    after = without_traces(before)
    assert is_photo(before[:64])
    seen = Image.open(io.BytesIO(after))
    assert set(seen.getexif()) <= {ORIENTATION}
    assert not seen.getexif().get_ifd(GPS)
    assert b"Telephone" not in after
    assert b"chez nous" not in after
    assert seen.tobytes() == Image.open(io.BytesIO(before)).tobytes()


def test_a_photo_held_sideways_stays_as_it_was_held():
    assert Image.open(io.BytesIO(without_traces(photo("JPEG", 6)))).getexif()[ORIENTATION] == 6
    assert Image.open(io.BytesIO(without_traces(photo("JPEG", 3)))).getexif()[ORIENTATION] == 3


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_damaged_photo_is_refused_whatever_was_cut(kind):
    whole = photo(kind)
    for length in range(3, 120):
        with pytest.raises(NotAPhoto):
            without_traces(whole[:length])


@pytest.mark.parametrize("other", [b"", b"%PDF-1.7", b"MZ\x90", b"PK\x03\x04", b"GIF89a"])
def test_what_is_no_photo_is_said_so(other):
    assert not is_photo(other)
    with pytest.raises(NotAPhoto):
        without_traces(other)


def test_a_pdf_is_known_by_its_first_bytes():
    assert is_pdf(b"%PDF-1.4\n")
    assert not is_pdf(photo("PNG"))
