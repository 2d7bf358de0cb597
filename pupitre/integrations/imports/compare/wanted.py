"""The weekly lessons that files want, whatever their source, and how far they speak."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

Key = tuple[str, str, str]
"""A course: our group code, subject, modality."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A weekly lesson. `room` and `teachers` (keys of staff) are None when the file does not say: what is known stays."""

    weekday: int
    starts_at: dt.time
    ends_at: dt.time
    weeks: int
    alternation: str = ""
    room: str | None = ""
    teachers: tuple[str, ...] | None = ()


@dataclass(slots=True)
class Scope:
    """How far the files speak, so that what they leave out is only removed when they would have said it.

    `span`: bits of the weeks they tell, all when None; `is_partial`: they say nothing of courses that they do not name;
    `groups`: our groups they name (None: they name all of them); `is_open`: some of their lessons wait for an answer.
    """

    span: int | None = None
    is_partial: bool = False
    groups: set[str] = field(default_factory=set)
    is_whole: bool = False
    is_open: bool = False
    outside: set[Key] = field(default_factory=set)

    def add(self, span: tuple[dt.date, dt.date] | None, first_monday: dt.date) -> None:
        """Take in the weeks of one more file."""
        if span is None:
            return
        self.is_partial = True
        first, last = (min(59, max(0, (monday - first_monday).days // 7)) for monday in span)
        self.span = (self.span or 0) | ((1 << last + 1) - (1 << first))


def put_together(lessons: Iterable[tuple[Key, Wanted]]) -> list[tuple[Key, Wanted]]:
    """The same lesson told twice (by the agendas of a class and of its teacher) once, with all that either says."""
    found: dict[tuple[Key, int, dt.time, dt.time, str], list[Wanted]] = {}
    for key, each in lessons:
        at = found.setdefault((key, each.weekday, each.starts_at, each.ends_at, each.alternation), [])
        twin = next((number for number, other in enumerate(at) if _completes(each, other)), None)
        if twin is None:
            at.append(each)
        else:
            at[twin] = _both(at[twin], each)
    return [(key, each) for (key, *_when), those in found.items() for each in those]


def _completes(one: Wanted, other: Wanted) -> bool:
    """Whether one of two lessons of the same weeks only leaves out what the other says."""
    pairs = ((one.room, other.room), (one.teachers, other.teachers))
    is_partial = any(None in pair for pair in pairs)
    return is_partial and bool(one.weeks & other.weeks) and all(None in pair or pair[0] == pair[1] for pair in pairs)


def _both(one: Wanted, other: Wanted) -> Wanted:
    return replace(
        one,
        weeks=one.weeks | other.weeks,
        room=other.room if one.room is None else one.room,
        teachers=other.teachers if one.teachers is None else one.teachers,
    )
