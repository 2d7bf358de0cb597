"""Work that other tools ask for: rooms above say where they keep it, and the page reads it in its own statement."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import msgspec

_PARIS = ZoneInfo("Europe/Paris")


class OutsideWork(msgspec.Struct, frozen=True, gc=False):
    """Something to do in another tool, `source`, as it said at `read_at`. It is done there, and ticked there."""

    title: str
    subject: str
    due_at: dt.datetime
    url: str
    source: str
    read_at: dt.datetime

    @property
    def due_on(self) -> dt.date:
        """The day, here."""
        return self.due_at.astimezone(_PARIS).date()


@dataclass(frozen=True, slots=True)
class WorkSource:
    """Where a room keeps the work of another tool. `sql`: a scalar sub-select giving a JSON list of OutsideWork.

    It may use `wall.id` and the parameters `student` (a schooling), `first`, `last` (days), `today` and `now`. It costs every
    page of work: an index must answer it at once where there is nothing.
    """

    key: str
    sql: str


_sources: dict[str, WorkSource] = {}


def offer_work_source(source: WorkSource) -> None:
    """Make a source known, at start-up."""
    _sources[source.key] = source


def outside_sql() -> str:
    """What all sources say, a JSON list of lists."""
    return f"json_build_array({', '.join(each.sql for _key, each in sorted(_sources.items()))})"
