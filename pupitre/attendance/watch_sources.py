"""What the school watches beside absences, told by whoever knows it: discipline stands above and counts its own incidents,
the room of marks stands beside and tells `directory/watching.py`.

A source gives (student, day, hour or none) since a day; the half-day follows from the hour, the morning without one.
"""

import datetime as dt
from collections.abc import Callable, Iterable

from pupitre.attendance.models import Indicator, Observation
from pupitre.directory.watching import Event, capability_for, told
from pupitre.foundation.actor import Actor

Source = Callable[[dt.date], Iterable[Event]]
_sources: dict[str, Source] = {}


def watch_source(indicator: Indicator, source: Source) -> None:
    """Say where what an indicator counts is found. Raises RuntimeError when it is said twice."""
    if indicator in _sources:
        raise RuntimeError(f"{indicator} has two sources")
    _sources[indicator] = source


def watched_events(since: dt.date, indicators: Iterable[str]) -> Iterable[tuple[str, Event]]:
    """What happened since a day, for those of the indicators that have a source; one statement each."""
    for indicator in indicators:
        events = _sources[indicator](since) if indicator in _sources else told(indicator, since)
        yield from ((indicator, event) for event in events)


def may_read(actor: Actor, indicator: str) -> bool:
    """Whether this is for the actor: marks that fall are for those who read marks."""
    needed = capability_for(indicator)
    return not needed or actor.has(needed)


def _notebooks(since: dt.date) -> Iterable[Event]:
    rows = Observation.objects.filter(kind=Observation.Kind.NOTEBOOK, observed_on__gte=since)
    return rows.values_list("student_id", "observed_on", "starts_at")


watch_source(Indicator.NOTEBOOK, _notebooks)
