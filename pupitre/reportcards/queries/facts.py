"""What was read of a class in a term, as typed rows."""

from collections.abc import Collection
from typing import Any, NamedTuple

import msgspec
from django.db import connection

from pupitre.establishments.models import Term
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.gradebook.queries.class_averages import Test
from pupitre.gradebook.rounding import Direction
from pupitre.reportcards import sql


class TermRow(msgspec.Struct, frozen=True, gc=False):
    """A term of the year, up to the one of the bulletin."""

    id: int
    code: str
    label: str


class CourseRow(msgspec.Struct, frozen=True, gc=False):
    """A course that somebody of the class takes."""

    id: int
    group: int
    code: str
    subject: str
    group_label: str
    teachers: str


class MarkRow(NamedTuple):
    """A mark; `points` in hundredths."""

    test: int
    student: int
    points: int | None
    annotation: str


class CardRow(msgspec.Struct, frozen=True, gc=False):
    """What is said of a student as a whole."""

    student: int
    status: str = "draft"
    synthesis: str = ""
    school_life: str = ""
    supports: list[str] = []
    wishes: str = ""
    decision: str = ""
    mention: str = ""
    synthesis_by: str = ""
    school_life_by: str = ""


class ProjectRow(msgspec.Struct, frozen=True, gc=False):
    """A project of the class."""

    id: int
    kind: str
    title: str
    text: str
    subjects: list[str]


class MarkRules(msgspec.Struct, frozen=True, gc=False):
    """What the school chose for its averages."""

    direction: Direction = Direction.NEAREST
    step: int = 10
    shows_class: bool = True


class ShownRules(msgspec.Struct, frozen=True, gc=False):
    """What the school chose for its bulletins."""

    shows_spread: bool = False
    shows_previous: bool = True


class School(msgspec.Struct, frozen=True, gc=False):
    """Where."""

    name: str
    town: str
    uai: str


class Facts(msgspec.Struct, frozen=True, gc=False):
    """Everything read of a class in a term. Levels: student, course, their sum, how many."""

    year: int
    terms: list[TermRow]
    theirs: list[tuple[int, int]]
    courses: list[CourseRow]
    tests: list[Test]
    marks: list[MarkRow]
    levels: list[tuple[int, int, int, int]]
    parts: list[tuple[int, int, int]]
    weights: list[tuple[int, int, int]]
    finals: list[tuple[int, int, int, int]]
    taken: list[tuple[int | None, int, int, int, str]]
    rules: MarkRules | None
    report_rules: ShownRules | None
    texts: list[tuple[int, int, str, int | None]]
    elements: list[tuple[int, str]]
    cards: list[CardRow]
    projects: list[ProjectRow]
    project_texts: list[tuple[int, int, str]]
    form_teachers: list[str]
    head: tuple[str, str] | None
    school: School


_decode = msgspec.json.Decoder(Facts).decode


def facts_of(division_id: int, term: Term, students: Collection[int]) -> Facts:
    """The facts of these students of a class in a term; one statement."""
    facts: dict[str, Any] = {
        "school": current_establishment_id(), "division": division_id, "term": term.pk, "students": list(students),
        "day": min(max(clock.today(), term.starts_on), term.ends_on),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql.FACTS, facts)
        return _decode(cursor.fetchone()[0])
