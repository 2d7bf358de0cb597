"""The grid of a service in a term: students, assessments, marks and averages, read in one statement."""

import datetime as dt
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import msgspec
from django.db import connection

from pupitre.directory.names import capitalise
from pupitre.establishments.models import Term
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.gradebook import sql
from pupitre.gradebook.averages import Mark, Option, service_average
from pupitre.gradebook.models.marks import ZEROES
from pupitre.gradebook.rounding import Direction, Rounding, plain_hundredths
from pupitre.gradebook.statistics import Spread, spread_of
from pupitre.gradebook.typed import SHORT
from pupitre.timetable.models import Course


class GridStudent(msgspec.Struct, frozen=True, gc=False):
    """A student of the course in the term; `left_on` when they left during the year, `closed_after` the end of entry."""

    id: int
    last_name: str
    usage_name: str
    first_name: str
    left_on: dt.date | None
    closed_after: dt.date | None

    @property
    def name(self) -> str:
        """« Belkacem Inès », as a register sorts them."""
        return f"{capitalise(self.usage_name or self.last_name)} {capitalise(self.first_name)}"

    @property
    def is_closed(self) -> bool:
        """Whether their marks of the term are no longer entered."""
        return self.closed_after is not None and self.closed_after < clock.today()


class GridAssessment(msgspec.Struct, frozen=True, gc=False):
    """A column. `coefficient` in hundredths."""

    id: int
    title: str
    held_on: dt.date
    scale: int
    coefficient: int
    is_brought: bool
    option: Option
    part: int | None
    kind: str
    is_locked: bool
    student_sees_at: dt.datetime | None
    guardian_sees_at: dt.datetime | None
    description: str

    @property
    def weight(self) -> str:
        """The coefficient as it is written: « 0,5 »."""
        return plain_hundredths(self.coefficient)

    def mark(self, points: int | None, annotation: str = "") -> Mark:
        """A mark of this column, for averages; an annotation that counts as a zero is one."""
        worth = 0 if annotation in ZEROES else points
        return Mark(worth, self.scale, self.coefficient, self.is_brought, self.option, self.id)


class GridMark(NamedTuple):
    """What a cell holds; `points` in hundredths."""

    assessment: int
    student: int
    points: int | None
    annotation: str
    remark: str
    version: int

    @property
    def text(self) -> str:
        """« 12,5 », « Abs », or nothing."""
        return SHORT.get(self.annotation, "") if self.points is None else plain_hundredths(self.points)


class GridPart(msgspec.Struct, frozen=True, gc=False):
    """A part of the service; `coefficient` in hundredths."""

    id: int
    label: str
    coefficient: int


class GridRules(msgspec.Struct, frozen=True, gc=False):
    """How the school rounds."""

    direction: Direction = Direction.NEAREST
    step: int = 10


class _Read(msgspec.Struct, frozen=True, gc=False):
    students: list[GridStudent]
    assessments: list[GridAssessment]
    marks: list[GridMark]
    parts: list[GridPart]
    finals: list[tuple[int, int]]
    taken: list[tuple[int, int, str]]
    rules: GridRules | None


_decode = msgspec.json.Decoder(_Read).decode


@dataclass(frozen=True)
class Grid:
    """A service in a term. `finals`: averages set by hand, by student, in hundredths; `taken`: those of another tool, and its
    name.
    """

    students: Sequence[GridStudent]
    assessments: Sequence[GridAssessment]
    cells: Mapping[tuple[int, int], GridMark]
    parts: Sequence[GridPart]
    finals: Mapping[int, int]
    taken: Mapping[int, tuple[int, str]]
    rounding: Rounding

    @cached_property
    def averages(self) -> dict[int, Fraction | None]:
        """By student, the average of what was entered, whatever stands in its place; exact."""
        return {each.id: self.average_of(each.id) for each in self.students}

    def average_of(self, student: int) -> Fraction | None:
        """The computed average of one student."""
        weights: dict[Hashable, int] = {each.id: each.coefficient for each in self.parts}
        marks = (
            (column.part, column.mark(cell.points, cell.annotation))
            for column in self.assessments
            if (cell := self.cells.get((column.id, student)))
        )
        return service_average(marks, weights)

    def value(self, student: int) -> Fraction | None:
        """The average of the bulletin: set by hand, else taken over, else computed."""
        told = self.finals.get(student, self.taken.get(student, (None, ""))[0])
        return self.averages.get(student) if told is None else Fraction(told, 100)

    def points_of(self, column: GridAssessment) -> list[int]:
        """The marks of a column in its own scale, in hundredths: those that are numbers or count as one."""
        cells = (self.cells.get((column.id, each.id)) for each in self.students)
        worth = (0 if cell.annotation in ZEROES else cell.points for cell in cells if cell)
        return [each for each in worth if each is not None]

    @cached_property
    def spread(self) -> Spread | None:
        """How the averages of the class spread, those set by hand or taken over in the place of the computed ones."""
        return spread_of(self.value(student) for student in self.averages)


def grid_of(course: Course, term: Term) -> Grid:
    """Everything of a service in a term; one statement, whatever the number of students and assessments."""
    facts = {
        "school": current_establishment_id(), "course": course.pk, "group": course.group_id, "term": term.pk,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql.GRID, facts)
        read = _decode(cursor.fetchone()[0])
    rules = read.rules or GridRules()
    return Grid(
        read.students,
        read.assessments,
        {(mark.assessment, mark.student): mark for mark in read.marks},
        read.parts,
        dict(read.finals),
        {student: (value, origin) for student, value, origin in read.taken},
        Rounding(rules.direction, rules.step),
    )
