"""Every file goes to the one adapter that reads it, whatever its name and its wrapping."""

import io
import os
import zipfile
from pathlib import Path

import pytest

from pupitre.integrations import fregata, onde, siecle, sts, tabular
from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.records import Kind
from pupitre.integrations.exchange.verdicts import Rejected
from pupitre.integrations.reading import check_recognised, describes_a_school, read_all, school_said

ROOMS = Path(__file__).parents[1]
ADAPTERS = {"siecle": siecle, "sts": sts, "fregata": fregata, "onde": onde, "tabular": tabular}
SAMPLES = sorted(path for room in ADAPTERS for path in (ROOMS / room / "samples").glob("*.*"))
_PUBLIC = os.environ.get("PUPITRE_PUBLIC_SAMPLES", "")


def zipped(entries: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return packed.getvalue()


@pytest.mark.parametrize("path", SAMPLES, ids=[path.name for path in SAMPLES])
def test_one_adapter_alone_claims_a_file_even_renamed(path: Path) -> None:
    opened = Opened("téléchargement", path.read_bytes(), "")
    claimed = [name for name, adapter in ADAPTERS.items() if adapter.recognises(opened)]
    assert claimed == [path.parent.parent.name]
    check_recognised(opened)


def test_an_archive_of_several_sources_is_read_whole() -> None:
    data = zipped(
        {f"dossier/{path.name}": path.read_bytes() for path in SAMPLES if path.name != "ElevesSansAdresses.xml"}
    )
    kinds = {reading.kind for reading in read_all("tout.zip", io.BytesIO(data), uai="0999910J")}
    assert kinds >= {Kind.STUDENTS, Kind.STAFF, Kind.TIMETABLE, Kind.FREGATA, Kind.ONDE_GUARDIANS}


def test_an_unknown_file_in_an_archive_refuses_it_by_its_name() -> None:
    data = zipped(
        {"Eleves.xml": (ROOMS / "siecle/samples/ElevesAvecAdresses.xml").read_bytes(), "notes.xml": b"<notes/>"}
    )
    with pytest.raises(Rejected, match=r"notes\.xml.*n’est pas reconnu"):
        read_all("export.zip", io.BytesIO(data), uai="0999910J")


@pytest.mark.parametrize(
    ("data", "uai"),
    [
        (b"<BEE_ELEVES><PARAMETRES><UAJ>0999910J</UAJ>", "0999910J"),
        (b'<STS_EDT><PARAMETRES><UAJ CODE="0999910j "><SIGLE/></UAJ>', "0999910J"),
        (b"<STS_EDT><PARAMETRES><UAJ TYPE='x' CODE='0999910J'/>", "0999910J"),
        (b"<EDT_STS>\n <UAJ>\n 0999910J\n</UAJ>", "0999910J"),
        (b"<BEE_ELEVES><PARAMETRES/>", ""),
        (b"Nom;Prenom\n", ""),
        ("<BEE_ELEVES><UAJ>0999910J</UAJ>".encode("utf-16"), "0999910J"),
    ],
)
def test_the_school_is_said_near_the_beginning(data: bytes, uai: str) -> None:
    assert school_said(Opened("f", data, "")) == uai


@pytest.mark.parametrize("path", SAMPLES, ids=[path.name for path in SAMPLES])
def test_only_two_kinds_of_file_describe_their_school(path: Path) -> None:
    opened = Opened(path.name, path.read_bytes(), "")
    assert describes_a_school(opened) == path.name.startswith(("Communs", "sts_emp"))


@pytest.mark.parametrize("uai", ["", "0999910J"])
def test_the_school_may_not_be_known_yet(uai: str) -> None:
    path = ROOMS / "siecle/samples/ElevesAvecAdresses.xml"
    (reading,) = read_all(path.name, io.BytesIO(path.read_bytes()), uai=uai)
    assert reading.uai == "0999910J"


@pytest.mark.skipif(not _PUBLIC, reason="PUPITRE_PUBLIC_SAMPLES does not name the folder of public samples")
@pytest.mark.parametrize("folder", ["csv", "aaf", "lsu", "oneroster", "auth"])
def test_public_files_that_nobody_reads_are_refused_in_a_sentence(folder: str) -> None:
    for path in sorted(Path(_PUBLIC, folder).rglob("*.*")):
        with pytest.raises(Rejected) as caught:
            read_all(path.name, io.BytesIO(path.read_bytes()), uai="0999910J")
        assert str(caught.value).endswith("."), path.name
