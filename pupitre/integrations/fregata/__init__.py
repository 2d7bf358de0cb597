"""Fregata, agricultural schools: students and apprentices with their division, in one CSV file."""

from pupitre.integrations.exchange import csv
from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.records import GroupRecord, Kind, Reading, StudentRecord
from pupitre.integrations.fregata.students import distinct, double, read_student

# Marked with a star by Fregata, whatever the order.
REQUIRED = (
    "Identifiant unique",
    "Premier prénom",
    "Nom de famille",
    "Date de naissance",
    "Code département naissance",
    "Code pays naissance",
    "Statut",
    "Code MEF",
    "Division",
)
_ENOUGH = 4  # columns that tell the file apart, even when one is missing


def recognises(opened: Opened) -> bool:
    """Whether most of the columns are there; `read` then says which is missing."""
    known = {csv.column_name(name) for name in REQUIRED}
    return len(known.intersection(csv.first_row(opened.data))) >= _ENOUGH


def read(opened: Opened, *, uai: str) -> Reading:
    """Students and the divisions they are in. `uai`: the open school, since the file names none. Raises Rejected."""
    table = csv.read_table(opened.data)
    table.require(REQUIRED, "Fregata")
    rows, askew = csv.aligned(table, "Fregata")
    read_rows = [read_student(table, row, uai=uai) for row in rows]
    students, unsure = distinct([student for student, _ in read_rows if student])
    return Reading(
        kind=Kind.FREGATA,
        name=opened.name,
        digest=opened.digest,
        groups=_divisions(students),
        students=students,
        aside=[outside for student in unsure for outside in student.who.ids],
        is_whole=not askew and all(student for student, _ in read_rows),
        findings=[*askew, *(each for _, told in read_rows for each in told), *map(double, unsure)],
    )


def _divisions(students: list[StudentRecord]) -> list[GroupRecord]:
    """The divisions met, with the programmes followed there; the code is all the file says of them."""
    mefs: dict[str, dict[str, None]] = {}
    for student in students:
        if student.division:
            mefs.setdefault(student.division, {}).update({student.mef: None} if student.mef else {})
    return [GroupRecord(code, code, "division", mefs=tuple(followed)) for code, followed in mefs.items()]
