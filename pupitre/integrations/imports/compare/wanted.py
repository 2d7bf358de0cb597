"""The weekly lessons that files want, whatever their source, and how far they speak."""

import datetime as dt
from dataclasses import dataclass, field

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
