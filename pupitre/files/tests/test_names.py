"""Names and kinds of files, read from what they are."""

import pytest

from pupitre.files.kinds import content_type_of, family_of, is_program, is_shown_in_page
from pupitre.files.names import clean_name
from pupitre.files.words import weight

NAMES = [
    ("Exercice n° 3 — été.pdf", "Exercice n° 3 — été.pdf"),
    ("../../../etc/passwd", "passwd"),
    (r"C:\Users\ines\photo.jpg", "photo.jpg"),
    ("photo\x00.jpg", "photo.jpg"),
    ("facture\u202efdp.exe", "facturefdp.exe"),
    ('a<b>:"c"|?*.odt', "abc.odt"),
    ("  .cache. ", "cache"),
    ("CON.txt", "_CON.txt"),
    ("com1", "_com1"),
    ("", "Fichier sans nom"),
    ("...", "Fichier sans nom"),
    ("e\u0301te\u0301.txt", "été.txt"),
    ("x" * 300, "x" * 150),
    ("x" * 300 + ".docx", "x" * 145 + ".docx"),
    ("x." + "y" * 300, "x." + "y" * 148),
]


@pytest.mark.parametrize(("given", "kept"), NAMES)
def test_a_name_is_kept_without_its_tricks(given, kept):
    assert clean_name(given)[0] == kept


def test_a_name_that_changed_is_told_and_one_that_did_not_is_not():
    assert clean_name("cours.pdf") == ("cours.pdf", "")
    assert clean_name("e\u0301te\u0301.txt")[1] == ""
    assert "trop long" in clean_name("x" * 300)[1]
    assert "ne conviennent pas" in clean_name("../x")[1]


OFFICE = b"PK\x03\x04" + bytes(20)
KINDS = [
    ("photo.jpg", b"\xff\xd8\xff\xe0", "image/jpeg", "image"),
    ("photo.jpg", b"<html>", "application/octet-stream", "other"),
    ("image.webp", b"RIFF\0\0\0\0WEBPVP8 ", "image/webp", "image"),
    ("photo.heic", b"\0\0\0\x18ftypheic", "image/heic", "image"),
    ("film.mp4", b"\0\0\0\x18ftypisom", "video/mp4", "film"),
    ("voix.m4a", b"\0\0\0\x18ftypM4A ", "audio/mp4", "sound"),
    ("film.mov", b"\0\0\0\x14ftypqt  ", "video/quicktime", "film"),
    ("cours.pdf", b"%PDF-1.4", "application/pdf", "pdf"),
    ("devoir.odt", OFFICE, "application/vnd.oasis.opendocument.text", "text"),
    ("notes.xlsx", OFFICE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "sheet"),
    ("rendu.zip", OFFICE, "application/zip", "archive"),
    ("vieux.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword", "text"),
    ("liste.csv", b"a;b", "text/csv", "sheet"),
    ("tri.py", b"def tri():", "text/plain", "text"),
    ("binaire.txt", b"a\0b", "application/octet-stream", "other"),
    ("page.html", b"<html>", "application/octet-stream", "other"),
    ("dessin.svg", b"<svg>", "application/octet-stream", "other"),
]


@pytest.mark.parametrize(("name", "head", "kind", "family"), KINDS)
def test_a_kind_is_read_from_the_first_bytes(name, head, kind, family):
    assert content_type_of(name, head) == kind
    assert family_of(kind) == family
    assert is_shown_in_page(kind) == (family == "image" and "heic" not in kind)


@pytest.mark.parametrize("name", ["jeu.exe", "JEU.EXE", "photo.jpg.scr", "macro.js", "lien.lnk", "appli.apk"])
def test_a_program_is_known_by_its_name(name):
    assert is_program(name, b"")


@pytest.mark.parametrize("head", [b"MZ\x90", b"\x7fELF\2", b"\xcf\xfa\xed\xfe"])
def test_a_program_is_known_by_its_first_bytes(head):
    assert is_program("photo.jpg", head)


@pytest.mark.parametrize("name", ["cours.pdf", "tri.py", "rendu.zip", "notes.xlsm", "page.html", "executable"])
def test_the_work_of_students_is_not_a_program(name):
    assert not is_program(name, b"%PDF")


@pytest.mark.parametrize(
    ("size", "told"),
    [(0, "0 Ko"), (1, "1 Ko"), (1024, "1 Ko"), (1025, "2 Ko"), (1_468_006, "1,4 Mo"), (26_214_400, "25 Mo"),
     (26_214_401, "25,1 Mo"), (5 * 1024**3, "5 Go")],
)  # fmt: skip
def test_a_weight_is_told_rounded_up(size, told):
    assert weight(size).replace("\N{NO-BREAK SPACE}", " ") == told
