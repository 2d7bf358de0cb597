"""What people hand over by mistake: each has its own sentence, which says what to do."""

import io
import zipfile

import pytest

from pupitre.integrations.exchange.opening import open_files
from pupitre.integrations.exchange.strangers import unrecognised
from pupitre.integrations.exchange.verdicts import Rejected


def zipped(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return packed.getvalue()


STRANGERS = [
    (b"%PDF-1.7\n%", "document PDF"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "une image"),
    (b"\x89PNG\r\n\x1a\n", "une image"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel ou Word ancien"),
    (b"Rar!\x1a\x07\x01\x00", "archive RAR"),
    (b"7z\xbc\xaf\x27\x1c", "archive 7-Zip"),
    (zipped("[Content_Types].xml", "xl/workbook.xml"), "classeur Excel"),
    (zipped("[Content_Types].xml", "word/document.xml"), "document Word"),
    (zipped("mimetype", "content.xml"), "document LibreOffice"),
    (b"", "est vide"),
    (b"\x00" * 5000, "est vide"),
    (b"\xef\xbb\xbf", "est vide"),
    (b"<!DOCTYPE html><html><head><title>503</title></head></html>", "page web"),
    (b"<!-- proxy --><html>Identifiez-vous</html>", "page web"),
    (b"<HTML>EXPORT IMPOSSIBLE</HTML>", "EXPORT IMPOSSIBLE"),
]


@pytest.mark.parametrize(("data", "told"), STRANGERS)
def test_a_stranger_is_recognised_by_its_first_bytes(data: bytes, told: str) -> None:
    with pytest.raises(Rejected) as caught:
        open_files("Eleves.xml", io.BytesIO(data))
    said = str(caught.value)
    assert told in said
    assert said.endswith(".")
    assert any(verb in said for verb in ("Déposez", "Décompressez", "Refaites", "Reconnectez"))


@pytest.mark.parametrize("data", [data for data, _told in STRANGERS[:6]])
def test_a_stranger_in_an_archive_is_named(data: bytes) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("dossier/photo", data)
    with pytest.raises(Rejected, match="«\u00a0photo\u00a0», dans cette archive,"):
        open_files("export.zip", io.BytesIO(packed.getvalue()))


@pytest.mark.parametrize(
    ("root", "data", "told"),
    [
        ("ficAlimMENESR", b"", "annuaire fédérateur"),
        ("IMPORT_ELEVES", b"", "pour être chargé dans SIECLE"),
        ("lsun-bilans", b"", "livret scolaire"),
        ("men:GAR-ENT-Eleve", b"", "GAR"),
        ("", b"Nom;Prenom\n", "n’est pas reconnu"),
        ("inconnu", b"", "n’est pas reconnu"),
    ],
)
def test_sound_files_of_other_systems_are_refused_by_name(root: str, data: bytes, told: str) -> None:
    said = str(unrecognised(root, data))
    assert said.startswith("Ce fichier ")
    assert told in said
    assert "Déposez" in said
    assert str(unrecognised(root, data, name="a.xml")).startswith("Le fichier «\u00a0a.xml\u00a0» ")
