"""Half-days written where everything reads them: recomputed with whatever changes them, and whole on demand."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q, QuerySet

from pupitre.attendance.half_days import Absence, Half, HalfDayCount, Hours, Span, Standing, count_day
from pupitre.attendance.models import AbsenceEntry, AttendanceRules, CountedHalfDay
from pupitre.attendance.queries.lessons import Day, HeldLesson, lessons_of
from pupitre.attendance.transitions import OVER
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.timetable.models import TimetableSlot

_BATCH = 2000
_FACTS = ("gross", "by_lesson", "computed", "missed", "lessons", "is_full", "standing")


class _Row(NamedTuple):
    """What counts of an entry."""

    pk: int
    student_id: int
    away_on: dt.date
    starts_at: dt.time
    ends_at: dt.time
    roll_call_id: int | None
    standing: int | None


def recount(days: Iterable[Day]) -> None:
    """Bring the half-days of these students and days up to date; seven to nine statements, whatever their number.

    In the transaction of what changed them: nobody ever reads a count that is not that of the entries.
    """
    wanted = set(days)
    if not wanted:
        return
    by_day = _entries(wanted)
    write_counts(wanted, _counted(by_day))


def recount_period(first: dt.date, last: dt.date) -> int:
    """Recompute every half-day of a period in the open school; returns how many were not what they should have been."""
    by_day = _by_day(_counting_entries().filter(away_on__range=(first, last)))
    before = CountedHalfDay.objects.filter(missed_on__range=(first, last))
    return write_counts(None, _counted(by_day), existing=list(before))


def _counted(by_day: dict[Day, list[_Row]]) -> dict[Day, list[HalfDayCount]]:
    lessons, hours = lessons_of(by_day), hours_of_school()
    # Without any timetable the clock decides; with one, a student without lessons had a day off.
    is_timetabled = bool(lessons) or TimetableSlot.objects.exists()
    return {
        day: count_day(
            _absences(rows, lessons.get(day, []), hours), _spans(lessons.get(day, [])) if is_timetabled else None, hours
        )
        for day, rows in by_day.items()
    }


def hours_of_school() -> Hours:
    """The cut of the day and the opening hours of the open school; two statements."""
    rules = AttendanceRules.objects.first() or AttendanceRules()
    cut = Establishment.objects.values_list("half_day_cut", flat=True).get(pk=current_establishment_id())
    return Hours(
        minutes(cut),
        _opening(rules.day_opens_at, cut),
        _opening(max(rules.afternoon_opens_at, cut), rules.day_closes_at),
    )


def minutes(hour: dt.time) -> int:
    """Minutes since midnight; the last minute of the day is its end."""
    return hour.hour * 60 + hour.minute + (hour >= dt.time(23, 59))


def write_counts(
    wanted: Iterable[Day] | None,
    counted: dict[Day, list[HalfDayCount]],
    *,
    existing: Sequence[CountedHalfDay] | None = None,
) -> int:
    """Write what changed and remove what counts no longer; three statements at most. Returns how many rows differed."""
    if existing is None:
        existing = _existing(set(wanted or ()))
    known = {(row.student_id, row.missed_on, row.half): row for row in existing}
    rows = [_row(day, count) for day, counts in counted.items() for count in counts]
    changed = [row for row in rows if _differs(known.get((row.student_id, row.missed_on, row.half)), row)]
    kept = {(row.student_id, row.missed_on, row.half) for row in rows}
    gone = [row.pk for key, row in known.items() if key not in kept]
    if changed:
        CountedHalfDay.objects.bulk_create(
            changed,
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=["establishment", "student", "missed_on", "half"],
            update_fields=[*_FACTS, "counted_at"],
        )
    if gone:
        CountedHalfDay.objects.filter(pk__in=gone).delete()
    return len(changed) + len(gone)


def _counting_entries() -> QuerySet[AbsenceEntry]:
    # A dossier that is over, or that the school answers for, makes no half-day.
    live = Q(case=None) | (Q(case__counts=True) & ~Q(case__state__in=OVER))
    entries: QuerySet[AbsenceEntry] = AbsenceEntry.objects.filter(live, counts=True, cancelled_at=None)
    return entries


def _entries(wanted: set[Day]) -> dict[Day, list[_Row]]:
    students, days = {student for student, _day in wanted}, {day for _student, day in wanted}
    found = _by_day(_counting_entries().filter(student_id__in=students, away_on__in=days))
    return {day: rows for day, rows in found.items() if day in wanted}


def _by_day(entries: QuerySet[AbsenceEntry]) -> dict[Day, list[_Row]]:
    by_day: dict[Day, list[_Row]] = defaultdict(list)
    columns = ("pk", "student_id", "away_on", "starts_at", "ends_at", "roll_call_id", "case__standing")
    for values in entries.order_by("starts_at", "pk").values_list(*columns):
        row = _Row(*values)
        by_day[row.student_id, row.away_on].append(row)
    return by_day


def _absences(rows: Sequence[_Row], lessons: Sequence[HeldLesson], hours: Hours) -> list[Absence]:
    """Entries as the engine wants them. Of one that no register made, only what no register contradicts is kept."""
    found = []
    for row in rows:
        standing = Standing(row.standing) if row.standing is not None else Standing.UNJUSTIFIED
        whole = _span(row.starts_at, row.ends_at)
        parts = [whole] if row.roll_call_id else _uncontradicted(whole, lessons, hours)
        found += [Absence(part, standing, ref=row.pk) for part in parts]
    return found


def _uncontradicted(whole: Span, lessons: Sequence[HeldLesson], hours: Hours) -> list[Span]:
    """The absence in half-days when the student was in no lesson; in the others, the lessons where they were not seen."""
    parts = []
    for half, bounds in ((Half.MORNING, Span(0, hours.cut)), (Half.AFTERNOON, Span(hours.cut, 24 * 60))):
        own = [each for each in lessons if hours.half_of(_span(each.starts_at, each.ends_at)) is half]
        if any(each.attended for each in own):
            limits = [_span(each.starts_at, each.ends_at) for each in own if not each.attended]
        else:
            limits = [bounds]
        for limit in limits:
            starts, ends = max(whole.starts, limit.starts), min(whole.ends, limit.ends)
            parts += [Span(starts, ends)] if starts < ends else []
    return parts


def _spans(lessons: Sequence[HeldLesson]) -> list[Span]:
    return [_span(each.starts_at, each.ends_at) for each in lessons]


def _span(starts_at: dt.time, ends_at: dt.time) -> Span:
    starts = minutes(starts_at)
    return Span(starts, max(minutes(ends_at), starts + 1))


def _opening(opens: dt.time, closes: dt.time) -> Span | None:
    return Span(minutes(opens), minutes(closes)) if opens < closes else None


def _row(day: Day, count: HalfDayCount) -> CountedHalfDay:
    return CountedHalfDay(
        establishment_id=current_establishment_id(),
        student_id=day[0],
        missed_on=day[1],
        half=count.half.value,
        gross=count.gross,
        by_lesson=count.by_lesson,
        computed=round(Decimal(count.computed.numerator) / count.computed.denominator, 4),
        missed=count.missed,
        lessons=count.lessons,
        is_full=count.is_full,
        standing=count.standing.value,
        counted_at=clock.now(),
    )


def _differs(known: CountedHalfDay | None, row: CountedHalfDay) -> bool:
    return known is None or any(getattr(known, name) != getattr(row, name) for name in _FACTS)


def _existing(wanted: set[Day]) -> list[CountedHalfDay]:
    students, days = {student for student, _day in wanted}, {day for _student, day in wanted}
    rows = CountedHalfDay.objects.filter(student_id__in=students, missed_on__in=days)
    return [row for row in rows if (row.student_id, row.missed_on) in wanted]
