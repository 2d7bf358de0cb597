"""The thresholds of the law, watched as half-days are counted; each alert is kept, even when it falls.

Source: Code de l’éducation, L131-8 and R131-7 (4 half-days without a legitimate motive in a month; 10 whole ones);
circulaire 2014-159. Calendar months; a justification that waits raises nothing.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction

from django.db.models import Q

from pupitre.attendance.half_days import Method, Standing
from pupitre.attendance.models import AbsenteeismAlert, AttendanceRules, CountedHalfDay
from pupitre.attendance.queries.rules import rules_of_school
from pupitre.attendance.totals import Total, threshold_reached
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock

Month = tuple[int, dt.date]
"""A student, and the first day of a month."""


def watch_thresholds(months: Iterable[Month]) -> list[AbsenteeismAlert]:
    """Raise the alerts that these months reach, and let fall those they reach no longer; four statements at most.

    Returns the alerts just raised.
    """
    wanted = sorted(set(months))
    if not wanted:
        return []
    rules = rules_of_school()
    totals = _totals(wanted, rules)
    known = {(each.student_id, each.month_on, each.threshold): each for each in _alerts(wanted)}
    raised, changed = [], []
    for month in wanted:
        reached = threshold_reached(
            totals.get(month, Total()), first=rules.first_threshold, second=rules.second_threshold
        )
        for threshold in AbsenteeismAlert.Threshold.values:
            alert = known.get((*month, threshold))
            if threshold <= reached and alert is None:
                raised.append(_alert(month, threshold))
            elif alert is not None and (alert.fallen_at is None) != (threshold <= reached):
                alert.fallen_at = None if threshold <= reached else clock.now()
                changed.append(alert)
    AbsenteeismAlert.objects.bulk_create(raised, ignore_conflicts=True)
    AbsenteeismAlert.objects.bulk_update(changed, ["fallen_at"])
    return raised


def _alert(month: Month, threshold: int) -> AbsenteeismAlert:
    return AbsenteeismAlert(
        establishment_id=current_establishment_id(),
        student_id=month[0],
        month_on=month[1],
        threshold=threshold,
        raised_at=clock.now(),
    )


def _totals(months: Sequence[Month], rules: AttendanceRules) -> dict[Month, Total]:
    """What each month counts for the thresholds."""
    method = Method(rules.method)
    found: dict[Month, Total] = {}
    rows = CountedHalfDay.objects.filter(_within(months), standing=Standing.UNJUSTIFIED.value)
    for row in rows.values_list("student_id", "missed_on", method.value, "is_full"):
        month = (row[0], row[1].replace(day=1))
        before = found.get(month, Total())
        found[month] = Total(
            unjustified=before.unjustified + Fraction(row[2]), full_unjustified=before.full_unjustified + bool(row[3])
        )
    return found


def _within(months: Sequence[Month]) -> Q:
    first, last = min(on for _student, on in months), max(on for _student, on in months)
    end = (last + dt.timedelta(days=31)).replace(day=1)
    return Q(student__in={student for student, _on in months}, missed_on__gte=first, missed_on__lt=end)


def _alerts(months: Sequence[Month]) -> Iterable[AbsenteeismAlert]:
    return AbsenteeismAlert.objects.filter(
        student__in={student for student, _on in months}, month_on__in={on for _student, on in months}
    )
