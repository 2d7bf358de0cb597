"""What a school wants its Moodle to hold: plain facts, and those that cannot be written there with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pupitre.foundation.registry import Text


@dataclass(frozen=True, slots=True)
class WantedAccount:
    """Somebody. `number` never changes, whatever becomes of their login; `user` is what the CAS says at sign-on."""

    person: int
    label: str
    number: str
    user: str
    first_name: str
    last_name: str
    email: str
    # An address that leads nowhere: one that the person wrote in Moodle is better.
    is_technical: bool


@dataclass(frozen=True, slots=True)
class WantedCohort:
    """A class or a group."""

    number: str
    name: str
    members: frozenset[int]


@dataclass(frozen=True, slots=True)
class WantedCourse:
    """A teaching."""

    course: int
    number: str
    name: str
    short_name: str
    students: frozenset[int]
    teachers: frozenset[int]


@dataclass(frozen=True, slots=True)
class Unwritable:
    """Somebody who has no account there, and why."""

    person: int
    label: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Wanted:
    """All of it. `year` is the first year of the school year."""

    uai: str
    school: str
    year: int
    accounts: Sequence[WantedAccount] = ()
    cohorts: Sequence[WantedCohort] = ()
    courses: Sequence[WantedCourse] = ()
    unwritable: Sequence[Unwritable] = field(default_factory=list)
