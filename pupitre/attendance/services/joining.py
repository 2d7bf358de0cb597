"""Which dossier an absence continues: that of the lesson before, or of the one after, while nobody has said why."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import connection

from pupitre.attendance.models import AbsenceCase, AbsenceEntry
from pupitre.attendance.sql import NEIGHBOURS
from pupitre.attendance.transitions import WITHOUT_REASON
from pupitre.establishments.scope import current_establishment_id


def cases_beside(students: Sequence[int], on: dt.date, starts_at: dt.time) -> dict[int, AbsenceCase]:
    """The dossier that each student's absence at this hour continues, when there is one; two statements.

    The lesson before may be that of another day: an absence goes on over the night. The register after counts when it was
    taken first. Both must be absences: a lesson attended in between begins another dossier.
    """
    parameters: dict[str, Any] = {
        "school": current_establishment_id(),
        "day": on,
        "starts_at": starts_at,
        "students": list(students),
    }
    with connection.cursor() as cursor:
        cursor.execute(NEIGHBOURS, parameters)
        neighbours = {student: (before, after) for student, before, after in cursor.fetchall()}
    registers = {pk for pair in neighbours.values() for pk in pair if pk}
    entries = AbsenceEntry.objects.filter(
        roll_call__in=registers, student__in=students, cancelled_at=None, case__state__in=WITHOUT_REASON
    )
    found: dict[tuple[int, int], AbsenceCase] = {}
    # One dossier is one object, however many of its entries are found.
    known: dict[int, AbsenceCase] = {}
    for entry in entries.select_related("case"):
        found[entry.student_id, entry.roll_call_id] = known.setdefault(entry.case.pk, entry.case)
    joined = {}
    for student, (before, after) in neighbours.items():
        case = found.get((student, before)) or found.get((student, after))
        if case:
            joined[student] = case
    return joined
