"""What happens in a school between two days, for one reader; one statement a school."""

import datetime as dt

import msgspec

from pupitre.agenda import sql
from pupitre.agenda.policies import MANAGE, reader_of
from pupitre.establishments.asking import ask
from pupitre.foundation.actor import Actor

MOST = 600
"""Occurrences on one page: beyond, a shorter time says more."""


class AudienceRow(msgspec.Struct, frozen=True, gc=False):
    """People of one kind, in a group or in the whole school."""

    party: str
    group: int | None
    label: str | None


class Part(msgspec.Struct, frozen=True, gc=False):
    """The reader's own part in an event."""

    role: str
    answer: str


class EventRow(msgspec.Struct, frozen=True, gc=False):
    """One time an event happens, as its reader sees it; `wards` are their children who are named in it."""

    occurrence: int
    id: int
    kind: str
    title: str
    place: str
    starts_on: dt.date
    ends_on: dt.date
    starts_at: dt.time | None
    ends_at: dt.time | None
    is_personal: bool
    is_cancelled: bool
    is_draft: bool
    repeats: bool
    is_mine: bool
    audience: list[AudienceRow]
    part: Part | None
    wards: list[int]


class ClosureRow(msgspec.Struct, frozen=True, gc=False):
    """Days without lessons."""

    label: str
    starts_on: dt.date
    ends_on: dt.date


class ChildRow(msgspec.Struct, frozen=True, gc=False):
    """A child of the reader in the school, and the groups they sit in."""

    person: int
    first_name: str
    born_on: dt.date | None
    groups: list[int]


class SchoolCalendar(msgspec.Struct, frozen=True):
    """What a reader sees of one school between two days."""

    zone: str
    events: list[EventRow]
    closures: list[ClosureRow]
    children: list[ChildRow]


_decode = msgspec.json.Decoder(SchoolCalendar).decode


def calendar_of(actor: Actor, first: dt.date, last: dt.date) -> SchoolCalendar:
    """What the actor sees of their school from `first` to `last`, both included; one statement."""
    select = sql.calendar(reader_of(actor), "true" if actor.has(MANAGE) else "false")
    return _decode(ask(actor.establishment_id, select, {"first": first, "last": last, "most": MOST}))
