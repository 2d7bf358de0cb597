"""What rooms know of students that is worth being watched, told to whoever watches: rooms side by side cannot ask one another."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Event = tuple[int, dt.date, dt.time | None]
"""A schooling, a day, an hour or none."""


@dataclass(frozen=True, slots=True)
class _Source:
    find: Callable[[dt.date], Iterable[Event]]
    capability: str


_sources: dict[str, _Source] = {}


def tell_watched(what: str, find: Callable[[dt.date], Iterable[Event]], *, capability: str) -> None:
    """Offer a source: what happened since a day, in the open school, in one statement; read by those who hold `capability`.

    Raises RuntimeError when the same thing is offered twice.
    """
    if what in _sources:
        raise RuntimeError(f"{what} has two sources")
    _sources[what] = _Source(find, capability)


def told(what: str, since: dt.date) -> Iterable[Event]:
    """What happened since a day; nothing when no room tells it."""
    return _sources[what].find(since) if what in _sources else ()


def capability_for(what: str) -> str:
    """The right without which it is not read; « » when anybody who watches reads it."""
    return _sources[what].capability if what in _sources else ""
