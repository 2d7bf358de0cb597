"""What a school holds, as the database tells it."""

import datetime as dt
from typing import NamedTuple

import msgspec


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
    code: str
    label: str


class School(msgspec.Struct, frozen=True):
    """One school today; people by the number of their record. `students`: (person, MEF);
    `programmes`: (MEF, label, MEFSTAT11)."""

    teams: list[Team]
    members: list[tuple[int, int]]
    students: list[tuple[int, str]]
    courses: list[Course]
    teachers: list[tuple[int, int]]
    programmes: list[tuple[str, str, str]]


class Answer(NamedTuple):
    """What a report said of a school. `started_at`: the delivery that it speaks of, when it names one of ours."""

    report: int
    received_at: dt.datetime
    verdict: str
    started_at: dt.datetime | None
    refused: int
    warned: int


class Standing(NamedTuple):
    """How a school stands with the GAR. `is_open`: the nightly delivery of its academy, None without an access.

    `answers`: the last reports, the latest first.
    `reader` is None while the GAR is not a service open here, « » while nobody reads resources in it.
    """

    school: int
    uai: str
    name: str
    kind: str
    is_open: bool | None
    enrolled_at: dt.datetime | None
    enrolled_by: str
    sent_at: dt.datetime | None
    failed_at: dt.datetime | None
    why: str
    reader: str | None
    answers: list[Answer]
