"""What else the school watches (ATT-27): students with so many half-days of something in so many days. Counted as they are read.

A half-day counts once, however often the thing happened in it, and no more once somebody has set the alert back to zero.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pupitre.attendance.half_days import Standing
from pupitre.attendance.models import AbsenceEntry, CountedHalfDay, Indicator, WatchReset, WatchRule
from pupitre.attendance.models.watching import START_VALUES
from pupitre.attendance.queries.cases import division_of
from pupitre.attendance.watch_sources import may_read, watched_events
from pupitre.directory.models import Student
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor

HalfDay = tuple[dt.date, str]
_KINDS = {
    Indicator.LATENESS: AbsenceEntry.Kind.LATENESS,
    Indicator.INFIRMARY: AbsenceEntry.Kind.INFIRMARY,
    Indicator.EXCLUSION: AbsenceEntry.Kind.EXCLUSION,
}


@dataclass(frozen=True, slots=True)
class Watched:
    """A student whom a rule shows: at which level, for which half-days, and the last time it was set back to zero."""

    student: Student
    division: str
    rule: WatchRule
    level: int
    half_days: Sequence[HalfDay]
    last_reset: WatchReset | None


def rules_in_force() -> list[WatchRule]:
    """One rule an indicator, the school's or the start values; one statement."""
    own = {rule.indicator: rule for rule in WatchRule.objects.all()}
    return [own.get(each.value) or start_rule(each) for each in Indicator]


def start_rule(indicator: Indicator) -> WatchRule:
    """A rule with the start values, not saved."""
    first, second, days = START_VALUES[indicator]
    return WatchRule(
        establishment_id=current_establishment_id(),
        indicator=indicator.value,
        first_level=first,
        second_level=second,
        days=days,
    )


def watched_students(actor: Actor, resets: Sequence[WatchReset] | None = None) -> list[Watched]:
    """The students whom a rule shows, the highest level first, then by class and name; `resets`: those that the actor sees, when
    they were read already. Nine statements.
    """
    rules = [rule for rule in rules_in_force() if rule.is_active and may_read(actor, rule.indicator)]
    last: dict[tuple[int, str], WatchReset] = {}
    for each in reversed(resets_seen(actor) if resets is None else resets):
        last[each.student_id, each.indicator] = each
    found: list[tuple[int, WatchRule, int, list[HalfDay]]] = []
    half_days = _half_days(rules)
    for rule in rules:
        since = clock.today() - dt.timedelta(days=rule.days - 1)
        for student, days in half_days[rule.indicator].items():
            reset = last.get((student, rule.indicator))
            kept = sorted(each for each in days if each[0] >= since and (reset is None or each[0] > reset.until_on))
            if len(kept) >= rule.first_level:
                found.append((student, rule, 1 + (len(kept) >= rule.second_level), kept))
    rows = Student.objects.filter(pk__in={each[0] for each in found}).select_related("person")
    students = {row.pk: row for row in rows.annotate(division=division_of("pk"))}
    watched = [
        Watched(students[pk], students[pk].division or "", rule, level, days, last.get((pk, rule.indicator)))
        for pk, rule, level, days in found
    ]
    return sorted(watched, key=lambda each: (-each.level, each.division, each.student.person.sort_key))


def _half_days(rules: Sequence[WatchRule]) -> dict[str, dict[int, set[HalfDay]]]:
    """The half-days of each thing, by student, over the longest time that a rule looks at; three statements, one more a source."""
    found: dict[str, dict[int, set[HalfDay]]] = defaultdict(lambda: defaultdict(set))
    longest = max((rule.days for rule in rules), default=1)
    since = clock.today() - dt.timedelta(days=longest - 1)
    cut = Establishment.objects.values_list("half_day_cut", flat=True).get(pk=current_establishment_id())
    unjustified = CountedHalfDay.objects.filter(
        missed_on__gte=since, standing=Standing.UNJUSTIFIED.value, by_lesson__gt=0
    )  # fmt: skip
    for student, on, half in unjustified.values_list("student_id", "missed_on", "half"):
        found[Indicator.ABSENCES][student].add((on, half))
    entries = AbsenceEntry.objects.filter(away_on__gte=since, cancelled_at=None, kind__in=list(_KINDS.values()))
    indicators = {kind.value: indicator for indicator, kind in _KINDS.items()}
    for student, on, starts, kind in entries.values_list("student_id", "away_on", "starts_at", "kind"):
        found[indicators[kind]][student].add((on, "am" if starts < cut else "pm"))
    for indicator, (student, on, at) in watched_events(since, [rule.indicator for rule in rules]):
        found[indicator][student].add((on, "am" if at is None or at < cut else "pm"))
    return found


def resets_seen(actor: Actor) -> list[WatchReset]:
    """The alerts that were set back to zero, the last first; one statement."""
    rows = allowed(actor, "attendance.view_watch", WatchReset.objects.select_related("student__person"))
    return list(rows.order_by("-at", "-pk"))


def last_resets(actor: Actor, resets: Sequence[WatchReset], *, most: int = 50) -> list[WatchReset]:
    """The last of them, of what the actor may read."""
    return [each for each in resets if may_read(actor, each.indicator)][:most]
