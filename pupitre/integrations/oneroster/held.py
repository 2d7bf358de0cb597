"""What a school holds, as the database tells it; people by the number of their record."""

import datetime as dt
from typing import NamedTuple

import msgspec


class Year(NamedTuple):
    """The school year: `year` is its first calendar year."""

    id: int
    year: int
    starts_on: dt.date
    ends_on: dt.date


class Term(NamedTuple):
    """A marking period of the year."""

    id: int
    code: str
    label: str
    starts_on: dt.date
    ends_on: dt.date


class Team(NamedTuple):
    """A group of the school year."""

    id: int
    code: str
    label: str
    kind: str


class Course(NamedTuple):
    """A subject taught to a group."""

    id: int
    group: int
    subject: int
    code: str
    label: str


class Link(NamedTuple):
    """A guardian to whom a child is open today."""

    student: int
    guardian: int
    relation: str


class School(msgspec.Struct, frozen=True):
    """One school today. `members` and `teachers`: (person, group or course); `chosen`: the classes of the service, none for all."""

    id: int
    uai: str
    name: str
    year: Year | None
    terms: list[Term]
    teams: list[Team]
    members: list[tuple[int, int]]
    courses: list[Course]
    teachers: list[tuple[int, int]]
    form_teachers: list[tuple[int, int]]
    links: list[Link]
    chosen: list[int]


class Human(NamedTuple):
    """Somebody of the school. `profiles`: those they are here today, among those to whom the service is open."""

    person: int
    last_name: str
    first_name: str
    ine: str
    profiles: list[str]
