"""What goes to the GAR, in our words: people and what they follow or teach. No Django."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum


class Degree(StrEnum):
    """First degree (écoles) and second degree have files of their own."""

    FIRST = "1D"
    SECOND = "2D"


def is_level(code: str) -> bool:
    """Whether this is the national code of a level (MEFSTAT4), which the first degree is told by."""
    return len(code) == 4 and code.isascii() and code.isdecimal()


@dataclass(frozen=True, slots=True)
class Human:
    """A person over all the schools that are sent. `roles`: (UAI, national profile); `number` is opaque and lasts."""

    person: int
    number: str
    last_name: str
    birth_name: str
    first_name: str
    civility: str
    birth_date: dt.date | None
    mails: tuple[str, ...]
    roles: tuple[tuple[str, str], ...]

    @property
    def schools(self) -> list[str]:
        """The UAI, each once."""
        return list(dict.fromkeys(uai for uai, _profile in self.roles))


@dataclass(frozen=True, slots=True)
class Team:
    """A class or a group that is sent. `divisions`: the classes its members are of."""

    code: str
    label: str
    is_division: bool
    divisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Teaching:
    """What somebody teaches to a class or a group."""

    number: str
    code: str
    is_division: bool
    subjects: tuple[str, ...]


@dataclass(slots=True)
class Structure:
    """One school: its codes, its groups, and who is in them, by number."""

    uai: str
    name: str
    degree: Degree
    # (label, MEFSTAT11) by MEF.
    programmes: dict[str, tuple[str, str]] = field(default_factory=dict)
    subjects: dict[str, str] = field(default_factory=dict)
    teams: list[Team] = field(default_factory=list)
    members: list[tuple[str, str]] = field(default_factory=list)
    student_programmes: list[tuple[str, str]] = field(default_factory=list)
    student_subjects: list[tuple[str, str]] = field(default_factory=list)
    teacher_programmes: list[tuple[str, str]] = field(default_factory=list)
    teachings: list[Teaching] = field(default_factory=list)
    # Groups that nobody is in, or where nothing is taught: they stay here.
    left_out: list[str] = field(default_factory=list)
