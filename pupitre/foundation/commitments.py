"""What is held for a student on some days: an exam, an outing, a council. Rooms that know tell it; rooms side by side ask here."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Commitment:
    """Something held for a student. `starts_at` None: all day; `is_exam`: an absence then should be thought over."""

    student: int
    on: dt.date
    label: str
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    is_exam: bool = False


Source = Callable[[Collection[int], dt.date, dt.date], Iterable[Commitment]]
_sources: dict[str, Source] = {}


def tell_commitments(key: str, source: Source) -> None:
    """Offer a source, `room.name`: it receives numbers of schoolings, a first and a last day, and gives what is held, in one
    statement, in the open school. Raises RuntimeError when the key is offered twice.
    """
    if key in _sources:
        raise RuntimeError(f"{key} is offered twice")
    _sources[key] = source


def knows_commitments() -> bool:
    """Whether any room tells what is held."""
    return bool(_sources)


def commitments_of(students: Collection[int], first: dt.date, last: dt.date) -> list[Commitment]:
    """What is held for these students, by day and hour; one statement a source, none without sources."""
    found = [each for key in sorted(_sources) for each in _sources[key](students, first, last)]
    return sorted(found, key=lambda each: (each.on, each.starts_at or dt.time.min, each.label))
