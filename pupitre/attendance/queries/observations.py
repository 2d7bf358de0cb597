"""Observations as the lesson, the record of a student and the home read them."""

import datetime as dt

from pupitre.attendance.models import Observation, RollCall
from pupitre.directory.models import Student
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor


def observations_of_lesson(roll_call: RollCall) -> list[Observation]:
    """What was noted at a lesson, by name; one statement."""
    rows = Observation.objects.filter(roll_call=roll_call).select_related("student__person")
    return list(rows.order_by("student__person__sort_key", "kind"))


def observations_of(actor: Actor, student: Student, first: dt.date, last: dt.date) -> list[Observation]:
    """Those of a student that the actor may read, the last first; one statement."""
    rows = Observation.objects.filter(student=student, observed_on__range=(first, last))
    return list(allowed(actor, "attendance.view_observation", rows).order_by("-observed_on", "-starts_at", "kind"))


def students_of_lesson(roll_call: RollCall) -> list[Student]:
    """Who is expected at a lesson, by name; one statement."""
    rows = Student.objects.filter(pk__in=roll_call.student_ids).select_related("person")
    return list(rows.order_by("person__sort_key"))
