"""Eleves…Adresses.xml: pupils, and where they sit. Scholarships, options and addresses are not needed: not read."""

from lxml.etree import _Element
from msgspec import structs

from pupitre.integrations.exchange.records import Kind, OutsideId, Reading, StudentRecord
from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.exchange.xml import attribute, child
from pupitre.integrations.siecle.export import Export
from pupitre.integrations.siecle.pupil import KNOWN, LAST_YEAR, Seats, ines_of, read_pupil
from pupitre.integrations.siecle.sheet import Fields, distinct
from pupitre.integrations.siecle.structures import CODE_LENGTH

_BLOCKS = frozenset({"ELEVES", "OPTIONS", "STRUCTURES", "BOURSES", "ADRESSES"})
_NO_DIVISION = "inactifs"  # where SIECLE puts those who left


def read_students(export: Export) -> Reading:
    """Pupils, leavers included, in the order of the file. Raises Rejected when there is none.

    STRUCTURES may come before ELEVES: pupils are put together at the end, by their id alone.
    """
    rows: list[Fields] = []
    seats: dict[str, Seats] = {}
    for element in export.items(("ELEVE", "STRUCTURES_ELEVE"), blocks=_BLOCKS):
        if element.tag == "ELEVE":
            rows.append(_fields(export, element))
        else:
            _add_seats(export, element, seats)
    export.refuse_if_empty(rows, "aucun élève")
    sheets = distinct(rows, "ELEVE_ID")
    export.findings += sheets.findings
    students: list[StudentRecord] = []
    exported_on = export.header.produced_at.date() if export.header.produced_at else None
    for key, fields in sheets.kept.items():
        student, findings = read_pupil(fields, seats.get(key, Seats()), uai=export.uai, exported_on=exported_on)
        export.findings += findings
        if student:
            # An export made before classes were given says nothing of them.
            students.append(student if seats else structs.replace(student, says_groups=False))
    for key in seats.keys() - sheets.kept.keys() - sheets.aside:
        told = "Une classe est donnée à un élève qui n’est pas dans le fichier, elle est ignorée."
        export.tell(Severity.NOTICE, "unknown_student", f"Élève n° {key[:60]}", told)
    aside = sheets.aside | (sheets.kept.keys() - {student.key for student in students})
    ines = [ines_of(fields) for fields in sheets.nameless]
    return export.reading(
        Kind.STUDENTS, students=students, is_whole=all(ines),
        aside=[
            *(OutsideId("siecle_student", export.uai, key) for key in sorted(aside)),
            *(OutsideId("ine", "national", ine) for each in ines for ine in each),
        ],
    )  # fmt: skip


def _fields(export: Export, element: _Element) -> Fields:
    fields = export.fields(element, KNOWN)
    # Both exist since files are edited by hand: the attribute is the one other blocks use.
    inside = child(element, "ELENOET")
    if inside and inside != fields.get("ELENOET"):
        fields["ELENOET_ELEMENT"] = inside
    fields |= {f"{LAST_YEAR}/{tag}": child(element, f"{LAST_YEAR}/{tag}") for tag in ("CODE_MEF", "CODE_NATURE")}
    return fields


def _add_seats(export: Export, element: _Element, seats: dict[str, Seats]) -> None:
    mine = seats.setdefault(attribute(element, "ELEVE_ID") or child(element, "ELEVE_ID"), Seats())
    for structure in element.iter("STRUCTURE"):
        code, kind = child(structure, "CODE_STRUCTURE"), child(structure, "TYPE_STRUCTURE").upper()
        if not code or code.casefold() == _NO_DIVISION:
            continue
        if kind not in ("D", "G") or len(code) > CODE_LENGTH:
            told = "Cette classe n’est dite ni division ni groupe, ou son code est trop long. Elle est ignorée."
            export.tell(Severity.NOTICE, "bad_structure", code[:60], told, field="TYPE_STRUCTURE", old=kind[:60])
        elif kind == "D":
            mine.divisions[code] = None
        else:
            mine.groups[code] = None
