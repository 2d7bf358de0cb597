import datetime as dt
import io
import zipfile

import pytest
from PIL import Image

from pupitre.directory.models import Student
from pupitre.establishments.scope import scope
from pupitre.files.models import Blob, FileReference, StoredFile
from pupitre.foundation import clock
from pupitre.portraits.models import Portrait
from pupitre.portraits.refusals import BadArchive, NotAllowed, NotAPhoto
from pupitre.portraits.services.forgetting import forget_gone
from pupitre.portraits.services.photos import add_photo
from pupitre.portraits.services.receiving import receive_archive
from pupitre.portraits.squares import squares_of
from pupitre.portraits.tests.doors import secretary
from pupitre.portraits.tests.factories import photo, said, with_photo, zipped

pytestmark = pytest.mark.usefixtures("tuesday")


@pytest.fixture
def office(cast):
    with scope(cast.college.pk):
        yield secretary(cast)


def test_a_square_is_small_and_says_neither_where_nor_with_what():
    squares = squares_of([photo(place=True), b"not a photograph", photo("PNG", (900, 500))])
    assert [bool(each) for each in squares] == [True, False, True]
    image = Image.open(io.BytesIO(squares[0]))
    assert (image.format, image.size) == ("WEBP", (240, 240))
    assert not image.getexif()
    assert b"Appareil" not in squares[0]


def test_no_photograph_without_the_word_of_the_family(cast, office):
    ines = Student.objects.get(person=cast.people["eleve"])
    with pytest.raises(NotAllowed):
        add_photo(student=ines, photo=photo(), actor=office)
    said(cast.people["eleve"], office, Portrait.Consent.REFUSED)
    with pytest.raises(NotAllowed):
        add_photo(student=ines, photo=photo(), actor=office)
    assert not StoredFile.objects.exists()


def test_a_photograph_replaces_the_former_one_and_is_nobody_s_file(cast, office):
    ines = said(cast.people["eleve"], office)
    add_photo(student=ines, photo=photo(), actor=office)
    first = Portrait.objects.get(student=ines).token
    add_photo(student=ines, photo=photo("PNG", (50, 50)), actor=office)
    portrait = Portrait.objects.get(student=ines)
    assert portrait.token != first
    assert StoredFile.objects.get().owner_id is None
    with pytest.raises(NotAPhoto):
        add_photo(student=ines, photo=b"%PDF-1.7", actor=office)
    assert Portrait.objects.get(student=ines).token == portrait.token


def test_a_refusal_takes_the_photograph_away_at_once(cast, office):
    with_photo(cast.people["eleve"], office)
    said(cast.people["eleve"], office, Portrait.Consent.REFUSED)
    portrait = Portrait.objects.get()
    assert (portrait.file, portrait.token, portrait.consent) == (None, "", "refused")
    assert [table.objects.count() for table in (StoredFile, FileReference, Blob)] == [0, 0, 0]


def test_who_left_is_forgotten_the_next_night(cast, office):
    portrait = with_photo(cast.people["eleve"], office)
    with_photo(cast.people["frere"], office)
    assert forget_gone() == 0
    Student.objects.filter(pk=portrait.student_id).update(left_on=clock.today() - dt.timedelta(days=1))
    assert forget_gone() == 1
    assert [each.student.person for each in Portrait.objects.all()] == [cast.people["frere"]]
    assert StoredFile.objects.count() == 1


def test_a_zip_finds_its_students_and_says_what_it_left(cast, office):
    said(cast.people["eleve"], office)
    files = {
        "4B__BELKACEM Inès": photo(),
        "BELKACEM_Ines": photo(),
        "6C__BELKACEM Elias": photo(),
        "IMG_2041": photo(),
    }
    report = receive_archive(zipped(**files), actor=office)
    assert (report.kept, report.read) == (1, 4)
    assert [(each.name, each.fate, each.shown) for each in report.lines] == [
        ("BELKACEM Inès.jpg", "kept", "BELKACEM Inès, 4B"),
        ("BELKACEM_Ines.jpg", "twice", "BELKACEM Inès, 4B"),
        ("BELKACEM Elias.jpg", "not_allowed", "BELKACEM Elias, 6C"),
        ("IMG_2041.jpg", "unknown", ""),
    ]
    assert Portrait.objects.exclude(token="").get().student.person == cast.people["eleve"]


def test_what_is_no_photograph_is_told_and_holds_nobody_up(cast, office):
    said(cast.people["eleve"], office)
    said(cast.people["frere"], office)
    files = {"BELKACEM Inès": b"MZ\0\0", "BELKACEM Elias": photo()}
    report = receive_archive(zipped(**files), actor=office)
    assert [(each.name, each.fate) for each in report.lines] == [
        ("BELKACEM Inès.jpg", "unreadable"),
        ("BELKACEM Elias.jpg", "kept"),
    ]


def test_a_zip_that_is_no_zip_is_refused(office):
    for data in (b"", b"PK\x03\x04 cut", photo()):
        with pytest.raises(BadArchive, match="n’est pas un zip"):
            receive_archive(io.BytesIO(data), actor=office)


def test_a_zip_bomb_is_a_heavy_file_and_no_more(cast, office):
    said(cast.people["eleve"], office)
    report = receive_archive(zipped(**{"BELKACEM Inès": b"\0" * 13_000_000}), actor=office)
    assert [(each.name, each.fate) for each in report.lines] == [("BELKACEM Inès.jpg", "unreadable")]


def test_too_many_files_or_a_password_are_refused_before_anything_is_read(office, monkeypatch):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(1501):
            archive.writestr(f"{number}.jpg", b"")
    with pytest.raises(BadArchive, match="plus de 1500 fichiers"):
        receive_archive(out, actor=office)
    locked = bytearray(zipped(a=photo()).getvalue())
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(BadArchive, match="mot de passe"):
        receive_archive(io.BytesIO(bytes(locked)), actor=office)


def test_unpacked_it_does_not_fill_the_memory(cast, office, monkeypatch):
    monkeypatch.setattr("pupitre.portraits.archive.UNPACKED_MB", 1)
    with pytest.raises(BadArchive, match="dépasse 1"):
        receive_archive(zipped(a=b"\0" * 900_000, b=b"\0" * 900_000), actor=office)
