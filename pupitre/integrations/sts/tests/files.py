"""Files of STSWeb written by the tests, and those of the invented school."""

import io
from pathlib import Path
from typing import Any

from pupitre.integrations import sts
from pupitre.integrations.exchange.opening import open_files
from pupitre.integrations.exchange.records import CourseRecord, GroupRecord, LessonRecord, Reading, StaffRecord

SAMPLES = Path(__file__).parents[1] / "samples"
UAI = "0999910J"
STAFF_SAMPLE, TIMETABLE_SAMPLE = "sts_emp_0999910J_2025.xml", "emp_sts_0999910J_2025.xml"
_DECLARED = '<?xml version="1.0" encoding="ISO-8859-15"?>\n'
_WEEKS = ("2025-09-01", "2025-09-08")


def staff_file(people: str = "", structure: str = "", nomenclatures: str = "", *, head: str | None = None) -> bytes:
    """An sts_emp; `head` replaces its PARAMETRES."""
    said = '<UAJ CODE="0999910J"><ACADEMIE><CODE>015</CODE></ACADEMIE></UAJ><ANNEE_SCOLAIRE ANNEE="2025"/>'
    inside = (
        f"<PARAMETRES>{said if head is None else head}</PARAMETRES><NOMENCLATURES>{nomenclatures}</NOMENCLATURES>"
        f"<DONNEES><INDIVIDUS>{people}</INDIVIDUS><STRUCTURE>{structure}</STRUCTURE></DONNEES>"
    )
    return f"{_DECLARED}<STS_EDT>{inside}</STS_EDT>".encode("iso8859-15")


def timetable_file(structure: str, *, alternations: str | None = None, head: str | None = None) -> bytes:
    """An emp_sts, whose alternance H takes place the first two weeks of September 2025 unless told."""
    said = "<UAJ>0999910J</UAJ><ANNEE_SCOLAIRE>2025</ANNEE_SCOLAIRE>"
    weeks = alternation() if alternations is None else alternations
    inside = (
        f"<PARAMETRES>{said if head is None else head}</PARAMETRES><DONNEES><ALTERNANCES>{weeks}</ALTERNANCES>"
        f"<STRUCTURE>{structure}</STRUCTURE></DONNEES>"
    )
    return f"{_DECLARED}<EDT_STS>{inside}</EDT_STS>".encode("iso8859-15")


def individual(key: str = "71001", kind: str = "epp", more: str = "", **fields: str) -> str:
    """An INDIVIDU; `fields` replace or, when empty, remove."""
    told = {
        "SEXE": "2", "CIVILITE": "2", "NOM_USAGE": "MARCHEVILLE", "NOM_PATRONYMIQUE": "ORTOLAN", "PRENOM": "AGNÈS",
        "DATE_NAISSANCE": "1979-02-27", "FONCTION": "ENS", **fields,
    }  # fmt: skip
    inside = "".join(f"<{tag}>{value}</{tag}>" for tag, value in told.items() if value)
    return f"<INDIVIDU ID='{key}' TYPE='{kind}'>{inside}{more}</INDIVIDU>"


def service(subject: str = "061300", *teachers: str, modality: str = "CG", inside: str = "") -> str:
    """A SERVICE; `inside` stands in each of its ENSEIGNANT. `teachers`: ids of the academy."""
    taught = "".join(f"<ENSEIGNANT ID='{each}' TYPE='epp'>{inside}</ENSEIGNANT>" for each in teachers)
    return (
        f"<SERVICE CODE_MATIERE='{subject}' CODE_MOD_COURS='{modality}'><ENSEIGNANTS>{taught}</ENSEIGNANTS></SERVICE>"
    )


def division(code: str = "6A", services: str = "", more: str = "") -> str:
    """A DIVISION with its services."""
    return f"<DIVISION CODE='{code}'>{more}<SERVICES>{services}</SERVICES></DIVISION>"


def group(code: str = "6LATIN", divisions: tuple[str, ...] = ("6A",), services: str = "", label: str = "") -> str:
    """A GROUPE drawn from divisions."""
    drawn = "".join(f"<DIVISION_APPARTENANCE CODE='{each}'/>" for each in divisions)
    return (
        f"<GROUPE CODE='{code}'><LIBELLE_LONG>{label}</LIBELLE_LONG>"
        f"<DIVISIONS_APPARTENANCE>{drawn}</DIVISIONS_APPARTENANCE><SERVICES>{services}</SERVICES></GROUPE>"
    )


def placed(**fields: str) -> str:
    """The COURS_RATTACHES of a teacher: one COURS, on Monday from 8 to 9 unless told; empty `fields` remove."""
    told = {"CODE_ALTERNANCE": "H", "JOUR": "1", "HEURE_DEBUT": "0800", "DUREE": "0100", "CODE_SALLE": "B12", **fields}
    inside = "".join(f"<{tag}>{value}</{tag}>" for tag, value in told.items() if value)
    return f"<COURS_RATTACHES><COURS>{inside}</COURS></COURS_RATTACHES>"


def alternation(code: str = "H", weeks: tuple[str, ...] = _WEEKS) -> str:
    """An ALTERNANCE with its weeks."""
    dates = "".join(f"<DATE_DEBUT_SEMAINE>{each}</DATE_DEBUT_SEMAINE>" for each in weeks)
    return f"<ALTERNANCE CODE='{code}'><SEMAINES>{dates}</SEMAINES></ALTERNANCE>"


def one_lesson(**fields: str) -> bytes:
    """A timetable of one lesson of mathematics in 6A."""
    return timetable_file(division(services=service("061300", "71002", inside=placed(**fields))))


def read(data: bytes, name: str = "fichier.xml") -> Reading:
    """What the only file of an upload says."""
    (opened,) = open_files(name, io.BytesIO(data))
    assert sts.recognises(opened)
    return sts.read(opened, uai=UAI)


def sample(name: str) -> Reading:
    """What a file of the invented school says."""
    return read((SAMPLES / name).read_bytes(), name)


def _present(rows: list[Any] | None) -> list[Any]:
    assert rows is not None
    return rows


def staff(reading: Reading) -> list[StaffRecord]:
    """Its staff, which it must have."""
    return _present(reading.staff)


def groups(reading: Reading) -> list[GroupRecord]:
    """Its divisions and groups, which it must have."""
    return _present(reading.groups)


def courses(reading: Reading) -> list[CourseRecord]:
    """Its courses, which it must have."""
    return _present(reading.courses)


def lessons(reading: Reading) -> list[LessonRecord]:
    """Its lessons, which it must have."""
    return _present(reading.lessons)


def codes(reading: Reading) -> list[str]:
    """The codes of what was found."""
    return [finding.code for finding in reading.findings]
