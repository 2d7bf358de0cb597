"""What a school holds, as the database tells it."""

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
    """One school today; people by the number of their record. `students`: (person, MEF)."""

    teams: list[Team]
    members: list[tuple[int, int]]
    students: list[tuple[int, str]]
    courses: list[Course]
    teachers: list[tuple[int, int]]
    programmes: list[tuple[str, str]]
