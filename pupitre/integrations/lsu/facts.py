"""What `sql.TERM` gives, typed."""

import datetime as dt
from typing import NamedTuple

import msgspec


class PupilRow(NamedTuple):
    """A student in their class. `number` is SIECLE’s, as text."""

    id: int
    person: int
    last_name: str
    first_name: str
    name: str
    ine: str
    mef: str
    entered_on: dt.date | None
    division: int
    number: str | None


class DivisionRow(NamedTuple):
    """A class, with its dates of the term."""

    id: int
    code: str
    label: str
    council_on: dt.date | None
    published_on: dt.date | None


class CourseRow(NamedTuple):
    """A service and its subject."""

    id: int
    group: int
    subject: int
    code: str
    label: str
    short_label: str


class StaffRow(NamedTuple):
    """Somebody who teaches, with the numbers that STSWeb gives them, as text."""

    id: int
    sex: str
    last_name: str
    usage_name: str
    first_name: str
    name: str
    epp: str | None
    local: str | None


class AssessmentRow(NamedTuple):
    """An assessment that counts in the term; `coefficient` in hundredths."""

    id: int
    course: int
    part: int | None
    scale: int
    coefficient: int
    is_brought: bool
    option: str


class MarkRow(NamedTuple):
    """A mark; `points` in hundredths."""

    assessment: int
    student: int
    points: int | None
    annotation: str


class CardRow(NamedTuple):
    """The bulletin of a student."""

    student: int
    synthesis: str
    school_life: str
    supports: list[str]
    status: str
    validated_at: dt.datetime | None
    published_at: dt.datetime | None


class ProjectRow(NamedTuple):
    """A project of a class."""

    id: int
    division: int
    kind: str
    title: str
    text: str


class HalfDayRow(NamedTuple):
    """Half-days of a student and a standing, by the three rules; `computed` in ten-thousandths."""

    student: int
    standing: int
    gross: int
    by_lesson: int
    computed: int


class GuardianRow(NamedTuple):
    """A legal guardian of a student."""

    student: int
    sex: str
    last_name: str
    usage_name: str
    first_name: str
    relation: str


class TermFacts(msgspec.Struct, frozen=True, gc=False):
    """A school in a term."""

    pupils: list[PupilRow]
    gone: list[tuple[str, str]]
    divisions: list[DivisionRow]
    form_teachers: list[tuple[int, int]]
    members: list[tuple[int, int]]
    courses: list[CourseRow]
    teachers: list[tuple[int, int]]
    staff: list[StaffRow]
    assessments: list[AssessmentRow]
    marks: list[MarkRow]
    parts: list[tuple[int, int, int]]
    finals: list[tuple[int, int, int]]
    taken: list[tuple[int | None, int, int, str]]
    levels: list[tuple[int, int, int]]
    reports: list[tuple[int, int, str, int | None]]
    elements: list[tuple[int, str]]
    cards: list[CardRow]
    projects: list[ProjectRow]
    project_courses: list[tuple[int, int]]
    project_reports: list[tuple[int, int, str]]
    half_days: list[HalfDayRow]
    latenesses: list[tuple[int, int]]
    guardians: list[GuardianRow]
    modes: list[tuple[int, str, str]]
    heads: list[tuple[str, str]]
    rules: tuple[str, int] | None
    method: str | None
    settings: tuple[str, str] | None


decode = msgspec.json.Decoder(TermFacts).decode
