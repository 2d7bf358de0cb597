"""Small images: of photographs and of first pages, without what the original tells of a place or a device."""

import io

import pytest
from PIL import Image
from pypdf import PdfWriter

from pupitre.files.tests.senders import picture

PARIS = {1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 7.0)}


def photograph(side: int = 1200) -> bytes:
    """A photograph taken sideways by a telephone that knows where it is."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Telephone", 6
    exif.get_ifd(0x8825).update(PARIS)
    out = io.BytesIO()
    Image.effect_noise((side, side // 2), 60).convert("RGB").save(out, "JPEG", exif=exif)
    return out.getvalue()


def pdf() -> bytes:
    out, writer = io.BytesIO(), PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(out)
    return out.getvalue()


def preview_of(teacher, file) -> Image.Image:
    answer = teacher.get("preview", file.pk)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    return Image.open(io.BytesIO(answer.body))


def test_a_preview_tells_neither_the_place_nor_the_device_and_the_original_keeps_them(teacher):
    file = teacher.send("photo.jpg", photograph())
    small = preview_of(teacher, file)
    assert dict(small.getexif()) == {}
    assert not {"exif", "xmp", "icc_profile"} & small.info.keys()
    assert b"Telephone" not in teacher.get("preview", file.pk).body
    kept = Image.open(io.BytesIO(teacher.get("open", file.pk).body)).getexif()
    assert kept[0x010F] == "Telephone"
    assert kept.get_ifd(0x8825)[1] == "N"


def test_a_preview_is_small_and_stands_upright(teacher):
    small = preview_of(teacher, teacher.send("photo.jpg", photograph()))
    assert small.size == (240, 480)


def test_the_first_page_of_a_pdf_is_shown(teacher):
    small = preview_of(teacher, teacher.send("cours.pdf", pdf()))
    assert small.height == 480
    assert small.width == pytest.approx(340, abs=2)


def test_a_picture_with_holes_keeps_them(teacher):
    out = io.BytesIO()
    Image.new("RGBA", (50, 50), (255, 0, 0, 0)).save(out, "PNG")
    assert preview_of(teacher, teacher.send("dessin.png", out.getvalue())).mode == "RGBA"


def bomb() -> bytes:
    """A picture of a few kilobytes that would fill the memory."""
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG", optimize=True)
    return out.getvalue()


DAMAGED = {
    "photo.jpg": picture()[:200],
    "cours.pdf": b"%PDF-1.7 nothing more",
    "bombe.png": bomb(),
    "devoir.odt": b"PK\x03\x04" + bytes(100),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_what_cannot_be_drawn_is_kept_without_a_preview(teacher, name):
    file = teacher.send(name, DAMAGED[name])
    assert file.blob.preview == ""
    assert teacher.get("preview", file.pk).status_code == 404
    assert teacher.get("open", file.pk).body == DAMAGED[name]


def test_a_picture_is_drawn_by_a_process_that_the_server_survives(teacher, monkeypatch):
    monkeypatch.setattr("pupitre.files.previews._SECONDS", 0.001)
    assert teacher.send("photo.jpg", photograph()).blob.preview == ""
