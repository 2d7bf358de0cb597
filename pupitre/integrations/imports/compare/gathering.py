"""What all the files of an import say together: each thing once, by the better or the newer of the files that speak of it."""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from pupitre.integrations.exchange.records import (
    ClassroomRecord,
    ClosureRecord,
    CourseRecord,
    GroupRecord,
    GuardianRecord,
    LessonRecord,
    LinkRecord,
    OutsideId,
    ProgrammeRecord,
    Reading,
    SchoolRecord,
    StaffRecord,
    StudentRecord,
    SubjectRecord,
    TermRecord,
)
from pupitre.integrations.imports.sources import SOURCE_OF, authority

_KEYS: dict[str, Callable[[Any], Hashable]] = {
    "programmes": attrgetter("mef"),
    "subjects": attrgetter("code"),
    "terms": attrgetter("code"),
    "closures": attrgetter("starts_on", "ends_on"),
    "classrooms": attrgetter("code"),
    "groups": attrgetter("code"),
    "students": attrgetter("key"),
    "guardians": attrgetter("key"),
    "links": attrgetter("student", "guardian"),
    "staff": attrgetter("key"),
    "courses": lambda record: record,
    "lessons": lambda record: record,
}

_PEOPLE = ("students", "guardians", "staff")


@dataclass(slots=True)
class Gathered:
    """Lists are None when no file speaks of it. `aliases`: keys of students that another file names otherwise."""

    school: SchoolRecord | None = None
    programmes: list[ProgrammeRecord] | None = None
    subjects: list[SubjectRecord] | None = None
    terms: list[TermRecord] | None = None
    closures: list[ClosureRecord] | None = None
    classrooms: list[ClassroomRecord] | None = None
    groups: list[GroupRecord] | None = None
    students: list[StudentRecord] | None = None
    guardians: list[GuardianRecord] | None = None
    links: list[LinkRecord] | None = None
    staff: list[StaffRecord] | None = None
    courses: list[CourseRecord] | None = None
    lessons: list[LessonRecord] | None = None
    aliases: dict[str, str] = field(default_factory=dict)
    aside: set[OutsideId] = field(default_factory=set)
    aside_links: set[tuple[str, str]] = field(default_factory=set)
    # Lists in which a record cannot be told whose it is: nobody is gone for not being named there.
    not_whole: set[str] = field(default_factory=set)
    # Some people only, and those who leave one by one.
    is_partial: bool = False
    gone_students: list[OutsideId] = field(default_factory=list)
    gone_staff: list[OutsideId] = field(default_factory=list)


def gather(readings: Iterable[Reading]) -> Gathered:
    """Put the readings together. The same export in two variants, or given twice, counts once."""
    said = Gathered()
    # The best comes last, and wins.
    ranked = sorted(readings, key=_weight)
    for reading in ranked:
        said.school = reading.school or said.school
        said.aside.update(reading.aside)
        said.aside_links.update(reading.aside_links)
        said.is_partial = said.is_partial or reading.is_partial
        said.gone_students += reading.gone_students
        said.gone_staff += reading.gone_staff
        if not reading.is_whole:
            said.not_whole.update(name for name in _PEOPLE if getattr(reading, name) is not None)
    for name, key in _KEYS.items():
        # Lessons of timetable software are told in its own words: `recognising` takes them.
        speaking = [each for each in ranked if name != "lessons" or each.names is None]
        lists = [rows for reading in speaking if (rows := getattr(reading, name)) is not None]
        if lists:
            setattr(said, name, list({key(record): record for rows in lists for record in rows}.values()))
    if said.students:
        said.students = _distinct_students(said.students, said.aliases)
    return said


def _weight(reading: Reading) -> tuple[int, dt.datetime]:
    return authority(SOURCE_OF.get(reading.kind, "")), reading.produced_at or dt.datetime.min


def _distinct_students(students: list[StudentRecord], aliases: dict[str, str]) -> list[StudentRecord]:
    """The same student told by two bases (SIECLE and Fregata): the better record stays, by its INE and birth date."""
    best: dict[tuple[str, object], StudentRecord] = {}
    for student in reversed(students):
        if student.ine and student.who.birth_date:
            held = best.setdefault((student.ine, student.who.birth_date), student)
            if held is not student and _source(held) != _source(student):
                aliases[student.key] = held.key
    return [student for student in students if student.key not in aliases]


def _source(student: StudentRecord) -> str:
    return student.who.ids[0].source if student.who.ids else ""
