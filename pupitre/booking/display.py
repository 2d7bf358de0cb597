"""A day of rooms or of equipment, as a table of hours; on a phone, as a list."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pupitre.booking.queries.resources import Hours, Resource
from pupitre.booking.queries.taken import Taken
from pupitre.foundation import clock
from pupitre.foundation.clock import PARIS


@dataclass(frozen=True, slots=True)
class Cell:
    """An hour of a thing: what takes it; without anything, it may be booked unless it is over."""

    starts_at: dt.time
    ends_at: dt.time
    taken: Sequence[Taken]
    is_over: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A thing and its day; `beside`: what takes it outside the hours of lessons."""

    resource: Resource
    cells: Sequence[Cell]
    taken: Sequence[Taken]
    beside: Sequence[Taken]


@dataclass(frozen=True, slots=True)
class Grid:
    """The table of a day."""

    hours: Sequence[Hours]
    lines: Sequence[Line]

    @property
    def has_beside(self) -> bool:
        """Whether a column is needed for what is outside the hours of lessons."""
        return any(line.beside for line in self.lines)


def grid(on: dt.date, hours: Sequence[Hours], things: Sequence[Resource], taken: Mapping[str, Sequence[Taken]]) -> Grid:
    """The day of some things."""
    over = [dt.datetime.combine(on, ends, PARIS) <= clock.now() for _starts, ends in hours]
    lines = []
    for thing in things:
        theirs = taken.get(thing.key, ())
        cells = [
            Cell(starts, ends, [each for each in theirs if each.meets(starts, ends)], is_over)
            for (starts, ends), is_over in zip(hours, over, strict=True)
        ]
        beside = [each for each in theirs if not any(each.meets(*pair) for pair in hours)]
        lines.append(Line(thing, cells, theirs, beside))
    return Grid(hours, lines)


def hours_now(hours: Sequence[Hours], now: dt.time) -> Hours:
    """The lesson of this hour, from now to its end; between two, the next one; in the evening, an hour from now."""
    for starts, ends in hours:
        if now < ends:
            return max(starts, now), ends
    return now, dt.time(min(now.hour + 1, 23), now.minute if now.hour < 23 else 59)
