"""The students whom the thresholds of the law name, month by month, with what was done."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from pupitre.attendance.half_days import Method, Standing
from pupitre.attendance.models import AbsenteeismAlert, AlertStep, CountedHalfDay
from pupitre.attendance.queries.cases import division_of, names_of
from pupitre.attendance.queries.rules import rules_of_school
from pupitre.directory.models import Student
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor


@dataclass(frozen=True, slots=True)
class AlertRow:
    """A student, the threshold, the half-days that reach it, and the steps taken."""

    alert: AbsenteeismAlert
    division: str
    half_days: Fraction
    days: Sequence[tuple[dt.date, str]]
    steps: Sequence[AlertStep]
    watched_by: str

    @property
    def is_watched(self) -> bool:
        """Whether somebody follows it until a date to come."""
        until = self.alert.watched_until_on
        return until is not None and until >= clock.today()


def alerts_of_month(actor: Actor, month: dt.date, *, ids: Sequence[int] = ()) -> list[AlertRow]:
    """The alerts that stand for a month, by class then by name; six statements."""
    rows = allowed(actor, "attendance.follow_alert", AbsenteeismAlert.objects.filter(month_on=month, fallen_at=None))
    rows = rows.filter(pk__in=ids) if ids else rows
    alerts = list(
        rows.select_related("student__person").annotate(division=division_of("student"))
        .order_by("-threshold", "division", "student__person__sort_key")
    )  # fmt: skip
    method = Method(rules_of_school().method).value
    days: dict[int, list[tuple[dt.date, str]]] = defaultdict(list)
    totals: dict[int, Fraction] = defaultdict(Fraction)
    for student, on, half, worth in CountedHalfDay.objects.filter(
        student__in={each.student_id for each in alerts},
        missed_on__gte=month,
        missed_on__lt=(month + dt.timedelta(days=31)).replace(day=1),
        standing=Standing.UNJUSTIFIED.value,
    ).order_by("missed_on", "half").values_list("student_id", "missed_on", "half", method):  # fmt: skip
        days[student].append((on, half))
        totals[student] += Fraction(worth)
    steps: dict[int, list[AlertStep]] = defaultdict(list)
    for step in AlertStep.objects.filter(alert__in=alerts).order_by("done_on", "pk"):
        steps[step.alert_id].append(step)
    names = names_of([each.watched_by_id for each in alerts])
    return [
        AlertRow(
            each, each.division or "", totals[each.student_id], days[each.student_id], steps[each.pk],
            names.get(each.watched_by_id or 0, ""),
        )
        for each in alerts
    ]  # fmt: skip


def share_of_month(month: dt.date) -> tuple[int, int]:
    """The share that the ministry's survey asks: students with at least the first threshold, and all; two statements."""
    reached = AbsenteeismAlert.objects.filter(month_on=month, threshold=1, fallen_at=None).count()
    today = clock.today()
    students = Student.objects.exclude(left_on__lt=min(today, month)).count()
    return reached, students
