"""The work placements of the classes, and where each student goes."""

import datetime as dt

from django.db.models import Count, Q

from pupitre.timetable.models import PlacedStudent, WorkPlacement

SIGNED = PlacedStudent.Agreement.SIGNED


def placements_from(day: dt.date) -> list[WorkPlacement]:
    """Those that are not over, the next first, with how many are `listed` and `signed`; one statement."""
    rows = WorkPlacement.objects.filter(cancelled_at=None, ends_on__gte=day).select_related("group")
    rows = rows.annotate(listed=Count("students"), signed=Count("students", filter=Q(students__agreement=SIGNED)))
    return list(rows.order_by("starts_on", "group__label"))


def students_of_placement(placement: WorkPlacement) -> list[PlacedStudent]:
    """Where each student goes, by name; one statement."""
    rows = PlacedStudent.objects.filter(placement=placement).select_related("student__person")
    return list(rows.order_by("student__person__sort_key"))
