"""What is written here already of some students: so that nothing is taken over twice."""

import datetime as dt
from collections.abc import Collection

from pupitre.discipline.models import IncidentPerson, Punishment, Sanction

Known = set[tuple[str, int, str, dt.date]]


def known_of(students: Collection[int]) -> Known:
    """(incident, punishment or sanction; student; kind; day) of all that is written of these students; three statements."""
    rows = IncidentPerson.objects.filter(student__in=students)
    incidents = rows.values_list("student_id", "incident__kind", "incident__happened_on")
    punishments = Punishment.objects.filter(student__in=students).values_list("student_id", "kind", "happened_on")
    sanctions = Sanction.objects.filter(student__in=students).values_list("student_id", "kind", "decided_on")
    found = (("incident", incidents), ("punishment", punishments), ("sanction", sanctions))
    return {(what, student, kind, day) for what, told in found for student, kind, day in told}
