"""Tables of ONDE written by the tests, and those of the invented école."""

import io
from collections.abc import Sequence
from pathlib import Path

from pupitre.integrations import onde
from pupitre.integrations.exchange.opening import open_files
from pupitre.integrations.exchange.records import (
    GroupRecord,
    GuardianRecord,
    LinkRecord,
    Reading,
    StaffRecord,
    StudentRecord,
)

SAMPLES = Path(__file__).parents[1] / "samples"
UAI = "0999950C"
PUPILS = ("Nom Elève", "Nom d'usage Elève", "Prénom Elève", "Date naissance", "Sexe", " Cycle", "Niveau", "Classe")
TEACHERS = ("Civilité", "Nom usage", "Nom", "Prénom", "Courriel", "Téléphone portable", "Directeur", "Classe")
ADULT = ("Civilité Responsable", "Nom usage responsable", "Nom responsable", "Prénom responsable", "Courriel",
         "Téléphone domicile", "Téléphone travail", "Téléphone portable")  # fmt: skip
CHILD = ("Nom d'usage enfant", "Nom de famille enfant", "Prénom enfant", "Classes enfants")


def table(headers: Sequence[str], *rows: Sequence[str], encoding: str = "iso8859-1") -> bytes:
    """A file as ONDE writes it: every cell quoted, CRLF."""
    lines = [";".join(f'"{cell}"' for cell in line) for line in (headers, *rows)]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def pupil(last: str = "BRUNEVAL", first: str = "Lilou", *, usage: str = "", birth: str = "2019-03-14", sex: str = "F",
          level: str = "CP", of: str = "CP A") -> tuple[str, ...]:  # fmt: skip
    """A row of the pupils' file."""
    return last, usage, first, birth, sex, "CYCLE II", level, of


def teacher(last: str = "DROUINOT", first: str = "Aurélien", *, mail: str = "", mobile: str = "", head: str = "N",
            of: str = "CP A") -> tuple[str, ...]:  # fmt: skip
    """A row of the teachers' file."""
    return "M.", "", last, first, mail, mobile, head, of


def adult(*children: tuple[str, str, str], last: str = "BRUNEVAL", first: str = "Karine", mail: str = "",
          mobile: str = "", home: str = "") -> tuple[str, ...]:  # fmt: skip
    """A row of the responsibles' file; `children`: (family name, first name, class)."""
    inside = tuple(cell for name, given, of in children for cell in ("", name, given, of))
    return ("MME", "", last, first, mail, home, "", mobile, *inside)


def responsibles(*rows: tuple[str, ...], children: int = 2) -> bytes:
    """A responsibles' file whose header has room for this many children."""
    return table((*ADULT, *CHILD * children), *rows)


def read(data: bytes, name: str = "export.csv") -> Reading:
    """What the only file of an upload says."""
    (opened,) = open_files(name, io.BytesIO(data))
    assert onde.recognises(opened)
    return onde.read(opened, uai=UAI)


def sample(what: str) -> Reading:
    """What a file of the invented école says."""
    return read((SAMPLES / f"CSVExtraction-{what}.csv").read_bytes())


def students(reading: Reading) -> list[StudentRecord]:
    """Its pupils, which it must have."""
    assert reading.students is not None
    return reading.students


def groups(reading: Reading) -> list[GroupRecord]:
    """Its classes, which it must have."""
    assert reading.groups is not None
    return reading.groups


def staff(reading: Reading) -> list[StaffRecord]:
    """Its teachers, which it must have."""
    assert reading.staff is not None
    return reading.staff


def guardians(reading: Reading) -> list[GuardianRecord]:
    """Its responsibles, which it must have."""
    assert reading.guardians is not None
    return reading.guardians


def links(reading: Reading) -> list[LinkRecord]:
    """Its links, which it must have."""
    assert reading.links is not None
    return reading.links


def codes(reading: Reading) -> list[str]:
    """The codes of what was found."""
    return [finding.code for finding in reading.findings]
