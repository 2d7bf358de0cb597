"""What the night checks: half-days counted again, and the thresholds that follow from them (ATT-22)."""

import datetime as dt

from django.utils.translation import gettext as _

from pupitre.attendance.models import CountedHalfDay, NightlyRecount
from pupitre.attendance.services.alerting import watch_thresholds
from pupitre.attendance.services.counting import recount_period
from pupitre.establishments.models import Establishment, SchoolYear
from pupitre.establishments.scope import scope
from pupitre.foundation import audit, clock

KEPT = dt.timedelta(days=60)
MOST = 200
HalfDay = tuple[int, dt.date, str]
"""A student, a day, a half."""


def recount_everywhere() -> list[str]:
    """Count the whole school year again in every open school; tells those where something was not as it should have been.

    Nothing should ever differ: a difference is a fault of ours, mended and journalled.
    """
    told = []
    for pk, uai in Establishment.objects.filter(is_open=True).values_list("pk", "uai"):
        with scope(pk):
            differences = recount_school(pk)
        if differences:
            told.append(
                _("%(uai)s : %(n)s demi-journées d’absence étaient mal comptées, elles sont corrigées.")
                % {"uai": uai, "n": differences}
            )
    return told


def _standings(year: SchoolYear) -> dict[HalfDay, int]:
    """What every half-day of the year says; one statement."""
    rows = CountedHalfDay.objects.filter(missed_on__range=(year.starts_on, year.ends_on))
    return {(student, on, half): standing for student, on, half, standing in rows.values_list(
        "student_id", "missed_on", "half", "standing")}  # fmt: skip


def _keep(before: dict[HalfDay, int], after: dict[HalfDay, int], differences: int) -> None:
    """Keep the report of the night, and forget those of two months ago."""
    changed = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    NightlyRecount.objects.create(
        at=clock.now(),
        checked=len(after),
        differences=differences,
        rows=[
            [pk, str(on), half, before.get((pk, on, half)), after.get((pk, on, half))]
            for pk, on, half in changed[:MOST]
        ],
    )
    NightlyRecount.objects.filter(at__lt=clock.now() - KEPT).delete()


def recount_school(establishment_id: int, *, rules_changed: bool = False) -> int:
    """Count the year of the open school again, and the thresholds of the month; how many half-days differed.

    When the rules of the school changed, a difference is no fault: no report is kept of it.
    """
    today = clock.today()
    year = SchoolYear.objects.filter(starts_on__lte=today, ends_on__gte=today).first()
    if year is None:
        return 0
    before = _standings(year)
    differences = recount_period(year.starts_on, today)
    if not rules_changed:
        _keep(before, _standings(year), differences)
    if differences:
        audit.record(None, "attendance.recount", None, establishment_id=establishment_id, differences=differences)
    month = today.replace(day=1)
    rows = CountedHalfDay.objects.filter(missed_on__gte=month, missed_on__lt=month + dt.timedelta(days=31))
    watch_thresholds({(student, month) for student in rows.values_list("student_id", flat=True).distinct()})
    return differences
