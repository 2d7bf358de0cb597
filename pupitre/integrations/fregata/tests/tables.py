"""Tables of Fregata written by the tests, and that of the invented lycée."""

import io
from pathlib import Path

from pupitre.integrations import fregata
from pupitre.integrations.exchange.opening import open_files
from pupitre.integrations.exchange.records import Reading, StudentRecord

SAMPLE = Path(__file__).parents[1] / "samples" / "export_fregata_0999940S.csv"
UAI = "0999940S"
COLUMNS = {
    "Identifiant unique*": "0990000101A", "Premier prénom*": "Jeanne", "Deuxième prénom": "Marie", "Troisième prénom": "",
    "Nom de famille*": "MALVERNOIS", "Nom d’usage": "", "Date de naissance (jj/mm/aaaa)*": "14/05/2008", "Code sexe*": "F",
    "Code commune naissance**": "68998", "Libellé commune naissance**": "", "Code département naissance*": "068",
    "Code pays naissance*": "100", "Statut*": "ST", "Code MEF*": "20112018110", "Division*": "1BACPRO",
}  # fmt: skip

_NAMES = ("identifier", "first", "second", "third", "last", "usage", "birth", "sex", "town", "place", "department",
          "country", "status", "mef", "division")  # fmt: skip
_NAMED = dict(zip(_NAMES, COLUMNS, strict=True))


def row(**cells: str) -> dict[str, str]:
    """A sound row, some of its cells replaced."""
    return COLUMNS | {_NAMED[name]: value for name, value in cells.items()}


def table(*rows: dict[str, str], without: str = "", encoding: str = "utf-8-sig") -> bytes:
    """A file of these rows, or of a sound one; `without`: a column that is not there."""
    columns = [name for name in COLUMNS if name != without]
    lines = [";".join(columns), *(";".join(each[name] for name in columns) for each in rows or (row(),))]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def read(data: bytes, name: str = "export.csv") -> Reading:
    """What the only file of an upload says."""
    (opened,) = open_files(name, io.BytesIO(data))
    assert fregata.recognises(opened)
    return fregata.read(opened, uai=UAI)


def sample() -> Reading:
    """What the file of the invented lycée says."""
    return read(SAMPLE.read_bytes(), SAMPLE.name)


def students(reading: Reading) -> list[StudentRecord]:
    """Its students, which it must have."""
    assert reading.students is not None
    return reading.students


def codes(reading: Reading) -> list[str]:
    """The codes of what was found."""
    return [finding.code for finding in reading.findings]
