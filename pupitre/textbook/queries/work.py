"""The work of a student, as they and their guardians read it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from pupitre.foundation import clock
from pupitre.textbook import sql
from pupitre.textbook.deadlines import deadline_of
from pupitre.textbook.models import Homework
from pupitre.textbook.outside import OutsideWork, outside_sql
from pupitre.timetable.queries import ask

BACK, AHEAD = 21, 45
_ONLINE = (Homework.Mode.FILE, Homework.Mode.TEXT, Homework.Mode.AUDIO)


class WorkFile(msgspec.Struct, frozen=True, gc=False):
    """A file that goes with the work."""

    id: int
    name: str


class HomeWork(msgspec.Struct, frozen=True, gc=False):
    """Work in a line, as homes show it."""

    id: int
    title: str
    kind: str
    mode: str
    minutes: int | None
    due_on: dt.date
    due_at: dt.time | None
    change: str
    changed_from_on: dt.date | None
    subject: str
    code: str
    is_done: bool
    is_handed: bool
    external_url: str

    @property
    def is_online(self) -> bool:
        """Whether it is handed in here."""
        return self.mode in _ONLINE


class StudentWork(HomeWork, frozen=True, gc=False):
    """Work of a student, with all that the page says of it."""

    details: str
    difficulty: int | None
    given_on: dt.date
    teacher: str
    is_unclear: bool
    planned_on: dt.date | None
    late_until_at: dt.datetime | None
    until_at: dt.datetime | None
    is_late: bool
    is_returned: bool
    files: list[WorkFile]

    @property
    def deadline_at(self) -> dt.datetime:
        """From when a copy of this student is late."""
        return max(deadline_of(self.due_on, self.due_at), self.until_at or dt.datetime.min.replace(tzinfo=dt.UTC))

    @property
    def closes_at(self) -> dt.datetime:
        """Until when a copy is received."""
        return max(self.deadline_at, self.late_until_at or self.deadline_at)

    @property
    def is_open(self) -> bool:
        """Whether it may still be handed in."""
        return self.is_online and clock.now() <= self.closes_at


class ChildWork(msgspec.Struct, frozen=True, gc=False):
    """What a child has to do for the first day with something due."""

    person: int
    student: int
    due_on: dt.date | None
    count: int | None
    done: int | None


class _Answer(msgspec.Struct, frozen=True):
    works: list[StudentWork]
    outside: list[list[OutsideWork]]


@dataclass(frozen=True, slots=True)
class WorkOf:
    """The work of a student: what is given here, and what other tools ask for, each in order."""

    works: list[StudentWork]
    outside: list[OutsideWork]


decode_home = msgspec.json.Decoder(list[HomeWork]).decode
decode_children = msgspec.json.Decoder(list[ChildWork]).decode
_decode = msgspec.json.Decoder(_Answer).decode
_FOR_STUDENT, _FOR_FAMILY = sql.work_of_student(for_student=True), sql.work_of_student(for_student=False)


def work_of(establishment_id: int, student_id: int, *, for_student: bool) -> WorkOf:
    """The work of a student of the last three weeks and the next six, by day; one statement, other tools included."""
    today = clock.today()
    parameters = {
        "student": student_id,
        "today": today,
        "now": clock.now(),
        "first": today - dt.timedelta(days=BACK),
        "last": today + dt.timedelta(days=AHEAD),
    }
    here = _FOR_STUDENT if for_student else _FOR_FAMILY
    both = f"(select json_build_object('works', {here}, 'outside', {outside_sql()}))"
    answer = _decode(ask(establishment_id, both, parameters))
    # A teacher may give here what the other tool asks for too: it stands once, where it can be ticked.
    given = {each.external_url for each in answer.works if each.external_url}
    outside = [each for source in answer.outside for each in source if each.url not in given]
    return WorkOf(answer.works, sorted(outside, key=lambda each: each.due_at))


def by_day(
    works: Sequence[StudentWork], outside: Sequence[OutsideWork] = ()
) -> list[tuple[dt.date, list[StudentWork], list[OutsideWork]]]:
    """The work of each day, in order: given here, then elsewhere."""
    days: dict[dt.date, tuple[list[StudentWork], list[OutsideWork]]] = {}
    for each in works:
        days.setdefault(each.due_on, ([], []))[0].append(each)
    for other in outside:
        days.setdefault(other.due_on, ([], []))[1].append(other)
    return [(on, *rows) for on, rows in sorted(days.items())]
