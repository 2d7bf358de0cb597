"""The averages of a class: by student, service and term since the beginning of the year; exact, from one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import msgspec
from django.db import connection

from pupitre.directory.models import Group
from pupitre.directory.names import capitalise
from pupitre.establishments.models import Term
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.gradebook import sql_class
from pupitre.gradebook.queries.class_averages import ClassAverages, Test
from pupitre.gradebook.rounding import Direction, Rounding, written
from pupitre.gradebook.statistics import Spread, spread_of
from pupitre.gradebook.words import rounding_rule


class ClassStudent(msgspec.Struct, frozen=True, gc=False):
    """A student of the class."""

    id: int
    person: int
    last_name: str
    usage_name: str
    first_name: str
    sex: str

    @property
    def formal(self) -> str:
        """« Belkacem Inès », as a register sorts them."""
        return f"{capitalise(self.usage_name or self.last_name)} {capitalise(self.first_name)}"

    @property
    def name(self) -> str:
        """« Inès Belkacem »."""
        return f"{capitalise(self.first_name)} {capitalise(self.usage_name or self.last_name)}"


class ClassService(msgspec.Struct, frozen=True, gc=False):
    """A course in which students of the class were marked, or have an average taken over; `teachers` are numbers of people and
    their names.
    """

    course: int
    code: str
    subject: str
    group: str
    teachers: list[tuple[int, str]]

    @property
    def given_by(self) -> str:
        """« Mme Roussel, M. Lemoine »."""
        return ", ".join(name for _person, name in self.teachers)


class _Rules(msgspec.Struct, frozen=True, gc=False):
    direction: Direction = Direction.NEAREST
    step: int = 10
    annual: str = "terms"


class _Read(msgspec.Struct, frozen=True, gc=False):
    students: list[ClassStudent]
    terms: list[tuple[int, str]]
    services: list[ClassService]
    assessments: list[Test]
    marks: list[tuple[int, int, int | None, str]]
    parts: list[tuple[int, int, int]]
    weights: list[tuple[int, int, int]]
    finals: list[tuple[int, int, int, int]]
    taken: list[tuple[int | None, int, int, int, str]]
    rules: _Rules | None


_decode = msgspec.json.Decoder(_Read).decode


@dataclass(frozen=True)
class ClassResults:
    """Everything of a class in marks: averages of the bulletin, computed, or set by hand or taken over in their place."""

    term: int
    students: Sequence[ClassStudent]
    terms: Sequence[tuple[int, str]]
    services: Sequence[ClassService]
    averages: ClassAverages
    rounding: Rounding
    annual_rule: str

    @cached_property
    def before(self) -> int | None:
        """The term before, in the same year."""
        numbers = [number for number, _label in self.terms]
        place = numbers.index(self.term)
        return numbers[place - 1] if place else None

    def average(self, student: int, course: int, term: int | None = None) -> Fraction | None:
        """The average of a student in a course in a term, this one unless told."""
        return self.averages.value(course, self.term if term is None else term, student)

    def general(self, student: int, term: int | None = None) -> Fraction | None:
        """The general average of a student in a term, this one unless told."""
        key = (student, self.term if term is None else term)
        if key not in self._generals:
            self._generals[key] = self.averages.general(*key)
        return self._generals[key]

    def annual(self, student: int) -> Fraction | None:
        """The general average of the year so far, by the rule of the school."""
        return self.averages.annual(student, [number for number, _label in self.terms], self.annual_rule)

    def progress(self, student: int) -> Fraction | None:
        """What the general average gained since the term before; None without one of the two."""
        now, then = self.general(student), self.general(student, self.before) if self.before else None
        return None if now is None or then is None else now - then

    def progress_in(self, student: int, course: int) -> Fraction | None:
        """What the average of a course gained since the term before; None without one of the two."""
        now = self.average(student, course)
        then = self.average(student, course, self.before) if self.before else None
        return None if now is None or then is None else now - then

    def path(self, student: int) -> list[tuple[str, Fraction | None]]:
        """The general average term after term."""
        return [(label, self.general(student, number)) for number, label in self.terms]

    def services_of(self, student: int) -> list[ClassService]:
        """The services in which a student was marked in the term, averages or not."""
        courses = self.averages.courses_of(student, self.term)
        return [each for each in self.services if each.course in courses]

    @cached_property
    def spread(self) -> Spread | None:
        """How the general averages of the class spread."""
        return spread_of(self.general(each.id) for each in self.students)

    def spread_in(self, course: int) -> Spread | None:
        """How the averages of the class spread in one service."""
        if course not in self._spreads:
            self._spreads[course] = self.averages.spread(course, self.term, [each.id for each in self.students])
        return self._spreads[course]

    def write(self, value: Fraction | None) -> str:
        """An average as the school writes it, « NN » when nothing counts."""
        return written(value, self.rounding)

    def write_change(self, value: Fraction | None) -> str:
        """« +1,1 », « −0,5 », « 0,0 », or nothing."""
        if value is None:
            return ""
        text = written(abs(value), self.rounding)
        if not self.rounding.apply(abs(value)):
            return text
        return f"{'+' if value > 0 else '−'}{text}"

    def rule(self) -> str:
        """How averages are written here, in a sentence."""
        return rounding_rule(self.rounding)

    @cached_property
    def _generals(self) -> dict[tuple[int, int], Fraction | None]:
        return {}

    @cached_property
    def _spreads(self) -> dict[int, Spread | None]:
        return {}


def results_of(division: Group, term: Term) -> ClassResults:
    """The averages of a class in a term and before, one statement whatever the number of students and marks."""
    facts: dict[str, Any] = {
        "school": current_establishment_id(), "divisions": [division.pk], "term": term.pk, "today": clock.today(),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql_class.RESULTS, facts)
        read = _decode(cursor.fetchone()[0])
    rules = read.rules or _Rules()
    averages = ClassAverages(
        tests=read.assessments, marks=read.marks, parts=read.parts, weights=read.weights, finals=read.finals,
        taken=read.taken,
    )  # fmt: skip
    return ClassResults(
        term=term.pk,
        students=read.students,
        terms=read.terms,
        services=read.services,
        averages=averages,
        rounding=Rounding(rules.direction, rules.step),
        annual_rule=rules.annual,
    )
