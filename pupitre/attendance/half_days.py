"""Counting absences in half-days. Pure: hours in, counts out; no Django, no clock, no school.

One day of one student goes in: the lessons the student had, the spans during which they were away, and the hours of
the school. Out comes one `HalfDayCount` for each half-day in which something counts. Three rules stand side by side:

- **by lesson** (the rule of the house): the half-day counts 1 when an absence meets one lesson of the student in it;
- **gross** (« brut »): it counts 1 when an absence meets the opening of the school in it, whatever the duration;
- **computed** (« calculé »): it counts its missed share, time missed in lessons over time of lessons.

A lesson belongs to the morning when it starts before the cut, the start of the lunch break; a half-day without any
lesson of the student never counts. When no timetable is known, the clock decides, with one hour and three quarters of
tolerance after the cut, so that 11:45–13:00 is one half-day. Lateness is no absence and is never given here; neither is
what the school answers for (infirmary with return, outing, work placement, exclusion inside the school): `counts=False`.
Two absences in one half-day count once, and the strictest standing wins: unjustified, else waiting, else justified.

Sources: GEPI `AbsencesEleveSaisieHelper` (tolerance), PRONOTE fr-sp-441-5564 (gross, computed), R131-5 of the Code.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from fractions import Fraction

Minutes = int
"""Minutes since midnight on the clock of the school."""

TOLERANCE: Minutes = 105
"""Past the cut, how long an absence may go on without entering the afternoon, when no timetable is known."""


class Half(StrEnum):
    """The morning or the afternoon."""

    MORNING = "am"
    AFTERNOON = "pm"


class Standing(IntEnum):
    """What an absence is worth, by increasing strictness: in one half-day the highest wins."""

    JUSTIFIED = 0
    PENDING = 1
    UNJUSTIFIED = 2


class Method(StrEnum):
    """Which of the three counts a school reads."""

    BY_LESSON = "by_lesson"
    GROSS = "gross"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Some time of a day, from a minute to another."""

    starts: Minutes
    ends: Minutes

    def __post_init__(self) -> None:
        if not 0 <= self.starts < self.ends <= 24 * 60:
            raise ValueError("a span ends after it begins, within the day")


@dataclass(frozen=True, slots=True)
class Absence:
    """A span during which the student was away. `ref` says which entry it is, for whoever asks why."""

    span: Span
    standing: Standing = Standing.UNJUSTIFIED
    counts: bool = True
    ref: int = 0


@dataclass(frozen=True, slots=True)
class Hours:
    """The day of a school: the cut, and its opening before and after it; None when it is closed for that half-day."""

    cut: Minutes
    morning: Span | None
    afternoon: Span | None

    def half_of(self, lesson: Span) -> Half:
        """The half-day to which a lesson belongs: that of its start."""
        return Half.MORNING if lesson.starts < self.cut else Half.AFTERNOON

    def opening(self, half: Half) -> Span | None:
        """When the school is open in a half-day."""
        return self.morning if half is Half.MORNING else self.afternoon


@dataclass(frozen=True, slots=True)
class HalfDayCount:
    """One half-day in which something counts, by the three rules, and what it is worth.

    `by_lesson` and `gross` are 0 or 1, `computed` is 0–1; `missed` lessons of `lessons`; `refs`: the entries met in it.
    """

    half: Half
    gross: int
    by_lesson: int
    computed: Fraction
    missed: int
    lessons: int
    is_full: bool
    standing: Standing
    refs: tuple[int, ...]

    def by(self, method: Method) -> Fraction:
        """The count that a school reads."""
        return self.computed if method is Method.COMPUTED else Fraction(int(getattr(self, method.value)))


def count_day(absences: Iterable[Absence], lessons: Sequence[Span] | None, hours: Hours) -> list[HalfDayCount]:
    """The half-days that count in one day, morning first.

    `lessons`: those of this student that took place that day; an empty list means that they had none (nothing counts),
    None that no timetable is known (the clock decides).
    """
    counting = [each for each in absences if each.counts]
    if not counting:
        return []
    found = []
    for half in Half:
        count = (
            _by_clock(half, counting, hours)
            if lessons is None
            else _by_timetable(half, counting, [each for each in lessons if hours.half_of(each) is half], hours)
        )
        if count is not None:
            found.append(count)
    return found


def _by_timetable(
    half: Half, absences: Sequence[Absence], lessons: Sequence[Span], hours: Hours
) -> HalfDayCount | None:
    if not lessons:
        return None
    opening = _around([*lessons, *filter(None, [hours.opening(half)])])
    met = [each for each in absences if _meet(each.span, opening)]
    if not met:
        return None
    missing = [each for each in met if any(_meet(each.span, lesson) for lesson in lessons)]
    missed = sum(any(_meet(each.span, lesson) for each in missing) for lesson in lessons)
    return HalfDayCount(
        half=half,
        gross=1,
        by_lesson=int(missed > 0),
        computed=_share([each.span for each in missing], lessons),
        missed=missed,
        lessons=len(lessons),
        is_full=missed == len(lessons),
        # Between two lessons an absence counts for the gross rule only: it does not weigh on lessons that are excused.
        standing=max(each.standing for each in missing or met),
        refs=tuple(dict.fromkeys(each.ref for each in met)),
    )


def _by_clock(half: Half, absences: Sequence[Absence], hours: Hours) -> HalfDayCount | None:
    opening = hours.opening(half)
    if opening is None:
        return None
    met = [each for each in absences if _meet(each.span, opening) and _reaches(half, each.span, hours.cut)]
    if not met:
        return None
    share = _share([each.span for each in met], [opening])
    return HalfDayCount(
        half=half,
        gross=1,
        by_lesson=1,
        computed=share,
        missed=0,
        lessons=0,
        is_full=share == 1,
        standing=max(each.standing for each in met),
        refs=tuple(dict.fromkeys(each.ref for each in met)),
    )


def _reaches(half: Half, span: Span, cut: Minutes) -> bool:
    if half is Half.MORNING:
        return span.starts < cut
    return span.starts >= cut or span.ends > cut + TOLERANCE


def _share(away: Sequence[Span], lessons: Sequence[Span]) -> Fraction:
    """Time missed in lessons over time of lessons; lessons, or absences, that overlap count their time once."""
    whole = _merged(lessons)
    missed = sum(_common(one, other) for one in _merged(away) for other in whole)
    return Fraction(missed, sum(each.ends - each.starts for each in whole))


def _merged(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.starts <= found[-1].ends:
            found[-1] = Span(found[-1].starts, max(found[-1].ends, span.ends))
        else:
            found.append(span)
    return found


def _around(spans: Sequence[Span]) -> Span:
    return Span(min(each.starts for each in spans), max(each.ends for each in spans))


def _meet(one: Span, other: Span) -> bool:
    return one.starts < other.ends and other.starts < one.ends


def _common(one: Span, other: Span) -> Minutes:
    return max(0, min(one.ends, other.ends) - max(one.starts, other.starts))
