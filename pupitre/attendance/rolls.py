"""A register as it is read, and what each student is shown as before the teacher touches anything. No query."""

import datetime as dt

import msgspec

from pupitre.attendance.models import AbsenceEntry, RollMark
from pupitre.directory.names import capitalise

State, Kind = RollMark.State, AbsenceEntry.Kind

# What the office knows of the hour says how a student is first shown; the teacher confirms, or says otherwise.
OF_OFFICE = {
    Kind.ABSENCE: State.ABSENT,
    Kind.DEPARTURE: State.ABSENT,
    Kind.INFIRMARY: State.INFIRMARY,
    Kind.EXCLUSION: State.EXCLUDED,
    Kind.EXEMPTION: State.EXEMPT_AWAY,
    Kind.OUTING: State.ELSEWHERE,
}
# A student gone from the lesson before is not back in this one.
_CARRIED = {State.ABSENT: State.ABSENT, State.LEFT: State.ABSENT}


class Mark(msgspec.Struct, frozen=True):
    """How a student was marked in this register."""

    state: str
    at: dt.time | None
    note: str
    version: int
    by: str


class Before(msgspec.Struct, frozen=True):
    """How a student stood in the register before, and at what hour it began; `carries`: an absence goes on from one to the next."""

    state: str
    at: dt.time
    carries: bool = True


class Office(msgspec.Struct, frozen=True):
    """What the office noted of a student for this hour; `waits` while nobody has decided of it."""

    kind: str
    starts_at: dt.time
    ends_at: dt.time
    place: str
    waits: bool = False


class Expected(msgspec.Struct, frozen=True):
    """A student of the register; `photo`: the token of their photograph, empty when there is none."""

    id: int
    last_name: str
    first_name: str
    photo: str
    mark: Mark | None
    before: Before | None
    office: Office | None

    @property
    def family(self) -> str:
        """Their family name, as people write it."""
        return capitalise(self.last_name)

    @property
    def given(self) -> str:
        """Their first name, as people write it."""
        return capitalise(self.first_name)

    @property
    def state(self) -> str:
        """How they are shown: as marked, else as the office or the lesson before says, else present."""
        if self.mark:
            return self.mark.state
        if self.office and self.office.waits and self.office.kind == Kind.EXEMPTION:
            return State.PRESENT
        if self.office:
            return OF_OFFICE.get(Kind(self.office.kind), State.PRESENT)
        if self.before and self.before.carries:
            return _CARRIED.get(State(self.before.state), State.PRESENT)
        return State.PRESENT

    @property
    def version(self) -> int:
        """The version of their mark; 0 when nobody marked them."""
        return self.mark.version if self.mark else 0


class Roll(msgspec.Struct, frozen=True):
    """A register with everyone expected, by name."""

    id: int
    held_on: dt.date
    starts_at: dt.time
    ends_at: dt.time
    subject: str
    subject_code: str
    room: str
    group: str
    group_id: int
    state: str
    cancel_reason: str
    done_at: dt.datetime | None
    done_by: str
    teachers: str
    is_mine: bool
    students: list[Expected]

    def count(self, *states: str) -> int:
        """How many are shown in one of these states."""
        return sum(each.state in states for each in self.students)


decode_roll = msgspec.json.Decoder(Roll | None).decode
