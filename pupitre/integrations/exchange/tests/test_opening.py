import gzip
import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pupitre.integrations.exchange.opening import Opened, open_files
from pupitre.integrations.exchange.verdicts import Rejected

EXPORT = b'<?xml version="1.0" encoding="ISO-8859-15"?>\n<BEE_ELEVES/>'


def zipped(entries: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return packed.getvalue()


def opened(data: bytes, name: str = "fichier") -> list[Opened]:
    return open_files(name, io.BytesIO(data))


def refusal(data: bytes) -> str:
    with pytest.raises(Rejected) as caught:
        opened(data)
    return str(caught.value)


def test_a_file_is_itself_and_its_name_only_a_label() -> None:
    (file,) = opened(EXPORT, "C:\\Users\\moi\\Eleves (1).xml")
    assert (file.name, file.data) == ("Eleves (1).xml", EXPORT)
    assert len(file.digest) == 64


@pytest.mark.parametrize(
    "packed",
    [
        zipped({"Eleves.xml": EXPORT}),
        zipped({"dossier/Eleves.xml": EXPORT, "__MACOSX/dossier/._Eleves.xml": b"x", ".DS_Store": b"x"}),
        zipped({"ExportXML_Eleves.zip": zipped({"Eleves.xml": EXPORT})}),
        gzip.compress(EXPORT),
        zipped({"Eleves.xml.gz": gzip.compress(EXPORT)}),
    ],
    ids=["zip", "mac", "zip in zip", "gzip", "gzip in zip"],
)
def test_packed_or_renamed_the_same_file_comes_out(packed: bytes) -> None:
    (file,) = opened(packed, "sans extension")
    assert file.data == EXPORT
    assert file.digest == opened(EXPORT)[0].digest


def test_several_files_come_out_in_order() -> None:
    assert [file.name for file in opened(zipped({"a.xml": EXPORT, "b/c.xml": EXPORT}))] == ["a.xml", "c.xml"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "est vide"),
        (b" \n\t", "est vide"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Excel"),
        (b"<!DOCTYPE html><html><body>Session perdue</body></html>", "page web"),
        (b"\xef\xbb\xbf <HTML><body>EXPORT  IMPOSSIBLE</body></HTML>", "EXPORT IMPOSSIBLE"),
        (b"EXPORT IMPOSSIBLE : hors de la plage horaire", "EXPORT IMPOSSIBLE"),
        (zipped({"[Content_Types].xml": b"x", "xl/workbook.xml": b"x"}), "classeur Excel"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"x"}), "LibreOffice"),
        (zipped({}), "aucun fichier"),
        (zipped({"vide.xml": b""}), "«\u00a0vide.xml\u00a0», dans cette archive, est vide"),
        (zipped({"a.zip": zipped({"b.zip": zipped({"c.xml": EXPORT})})}), "Décompressez"),
        (zipped({"Eleves.xml": EXPORT})[:-30], "abîmée"),
        (gzip.compress(EXPORT, mtime=0)[:-10], "abîmée"),
    ],
    # Never by the bytes, which hold the hour: every process must name its tests the same way.
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_what_is_handed_over_by_mistake_has_its_own_sentence(data: bytes, told: str) -> None:
    assert told in refusal(data)


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "a\\..\\b.xml", "C:\\evil.xml"])
def test_names_that_point_elsewhere_are_refused(name: str) -> None:
    assert "autre dossier" in refusal(zipped({name: EXPORT}))


def test_links_and_passwords_are_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        link = zipfile.ZipInfo("lien.xml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert "raccourci" in refusal(packed.getvalue())
    encrypted = bytearray(zipped({"a.xml": EXPORT}))
    directory = encrypted.rfind(b"PK\x01\x02")
    encrypted[directory + 8] |= 1
    assert "mot de passe" in refusal(bytes(encrypted))


def test_bombs_are_stopped_while_they_unpack() -> None:
    assert "anormale" in refusal(zipped({"a.xml": bytes(30_000_000)}))
    assert "anormale" in refusal(gzip.compress(bytes(30_000_000)))
    assert "anormale" in refusal(zipped({"a.zip": zipped({"a.xml": bytes(30_000_000)})}))
    assert "100 fichiers" in refusal(zipped({f"{number}.xml": EXPORT for number in range(101)}))


def test_a_size_that_lies_changes_nothing() -> None:
    lying = bytearray(zipped({"a.xml": bytes(30_000_000)}))
    directory = lying.rfind(b"PK\x01\x02")
    lying[directory + 24 : directory + 28] = struct.pack("<I", 10)
    assert refusal(bytes(lying))


def test_eleven_megabytes_that_pack_well_are_still_read() -> None:
    line = b"".join(b"<ELEVE>%d</ELEVE>" % (number * 7919) for number in range(600_000))
    assert opened(zipped({"a.xml": line}))[0].data == line


def test_a_small_export_that_packs_very_well_is_read() -> None:
    assert len(opened(zipped({"a.xml": b"<a>" * 300_000}))[0].data) == 900_000


@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"<", b"PK\x05\x06"]))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_opened_or_refused(data: bytes, start: bytes) -> None:
    try:
        opened(start + data)
    except Rejected:
        return


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_any_damage_to_an_archive_is_opened_or_refused(data: st.DataObject) -> None:
    packed = bytearray(_SOUND)
    for _ in range(data.draw(st.integers(1, 6))):
        packed[data.draw(st.integers(0, len(packed) - 1))] = data.draw(st.integers(0, 255))
    try:
        opened(bytes(packed))
    except Rejected:
        return


_SOUND = zipped({"a.xml": EXPORT, "b.zip": zipped({"c.xml": EXPORT * 20})})


def test_the_samples_that_were_zipped_are_the_samples() -> None:
    samples = Path(__file__).parents[2] / "siecle" / "samples"
    for packed in (samples / "zip").iterdir():
        (file,) = open_files(packed.name, io.BytesIO(packed.read_bytes()))
        assert file.data == (samples / file.name).read_bytes()
