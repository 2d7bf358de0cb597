"""What the night checks: half-days counted again, and the thresholds that follow from them (ATT-22)."""

import datetime as dt

from django.utils.translation import gettext as _

from pupitre.attendance.models import CountedHalfDay
from pupitre.attendance.services.alerting import watch_thresholds
from pupitre.attendance.services.counting import recount_period
from pupitre.establishments.models import Establishment, SchoolYear
from pupitre.establishments.scope import scope
from pupitre.foundation import audit, clock


def recount_everywhere() -> list[str]:
    """Count the whole school year again in every open school; tells those where something was not as it should have been.

    Nothing should ever differ: a difference is a fault of ours, mended and journalled.
    """
    told = []
    for pk, uai in Establishment.objects.filter(is_open=True).values_list("pk", "uai"):
        with scope(pk):
            differences = _recount(pk)
        if differences:
            told.append(
                _("%(uai)s : %(n)s demi-journées d’absence étaient mal comptées, elles sont corrigées.")
                % {"uai": uai, "n": differences}
            )
    return told


def _recount(establishment_id: int) -> int:
    today = clock.today()
    year = SchoolYear.objects.filter(starts_on__lte=today, ends_on__gte=today).first()
    if year is None:
        return 0
    differences = recount_period(year.starts_on, today)
    if differences:
        audit.record(None, "attendance.recount", None, establishment_id=establishment_id, differences=differences)
    month = today.replace(day=1)
    rows = CountedHalfDay.objects.filter(missed_on__gte=month, missed_on__lt=month + dt.timedelta(days=31))
    watch_thresholds({(student, month) for student in rows.values_list("student_id", flat=True).distinct()})
    return differences
