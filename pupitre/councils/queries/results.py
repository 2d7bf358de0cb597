"""The averages of a class: by student, service and term since the beginning of the year; exact, from one statement."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

import msgspec
from django.db import connection

from pupitre.councils import sql
from pupitre.directory.models import Group
from pupitre.directory.names import capitalise
from pupitre.establishments.models import Term
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.gradebook.averages import Mark, Option, Part, mean_of, service_average
from pupitre.gradebook.models.marks import ZEROES
from pupitre.gradebook.rounding import Direction, Rounding, written
from pupitre.gradebook.statistics import Spread, spread_of


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
    """A course in which students of the class were marked; `teachers` are numbers of people and their names."""

    course: int
    code: str
    subject: str
    group: str
    teachers: list[tuple[int, str]]

    @property
    def given_by(self) -> str:
        """« Mme Roussel, M. Lemoine »."""
        return ", ".join(name for _person, name in self.teachers)


class _Test(NamedTuple):
    id: int
    course: int
    term: int
    other_term: int | None
    part: int | None
    scale: int
    coefficient: int
    is_brought: bool
    option: Option


class _Rules(msgspec.Struct, frozen=True, gc=False):
    direction: Direction = Direction.NEAREST
    step: int = 10


class _Read(msgspec.Struct, frozen=True, gc=False):
    students: list[ClassStudent]
    terms: list[tuple[int, str]]
    services: list[ClassService]
    assessments: list[_Test]
    marks: list[tuple[int, int, int | None, str]]
    parts: list[tuple[int, int, int]]
    weights: list[tuple[int, int, int]]
    finals: list[tuple[int, int, int, int]]
    rules: _Rules | None


_decode = msgspec.json.Decoder(_Read).decode
_Key = tuple[int, int, int]
"""A student, a course, a term."""


@dataclass(frozen=True)
class ClassResults:
    """Everything of a class in marks. `averages` holds those of the bulletin: computed, or set by hand in their place."""

    term: int
    students: Sequence[ClassStudent]
    terms: Sequence[tuple[int, str]]
    services: Sequence[ClassService]
    averages: Mapping[_Key, Fraction | None]
    weights: Mapping[tuple[int, int], int]
    rounding: Rounding

    @cached_property
    def before(self) -> int | None:
        """The term before, in the same year."""
        numbers = [number for number, _label in self.terms]
        place = numbers.index(self.term)
        return numbers[place - 1] if place else None

    def general(self, student: int, term: int | None = None) -> Fraction | None:
        """The general average of a student in a term, this one unless told."""
        at = self.term if term is None else term
        return self._generals.get((student, at))

    def progress(self, student: int) -> Fraction | None:
        """What the general average gained since the term before; None without one of the two."""
        now, then = self.general(student), self.general(student, self.before) if self.before else None
        return None if now is None or then is None else now - then

    def path(self, student: int) -> list[tuple[str, Fraction | None]]:
        """The general average term after term."""
        return [(label, self.general(student, number)) for number, label in self.terms]

    def services_of(self, student: int) -> list[ClassService]:
        """The services in which a student was marked in the term, averages or not."""
        return [each for each in self.services if (student, each.course, self.term) in self.averages]

    @cached_property
    def spread(self) -> Spread | None:
        """How the general averages of the class spread."""
        return spread_of(self.general(each.id) for each in self.students)

    def spread_in(self, course: int) -> Spread | None:
        """How the averages of the class spread in one service."""
        return self._spreads.get(course)

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

    @cached_property
    def _generals(self) -> dict[tuple[int, int], Fraction | None]:
        held: dict[tuple[int, int], list[Part]] = defaultdict(list)
        for (student, course, term), value in self.averages.items():
            held[student, term].append(Part(value, self.weights.get((course, term), 100)))
        return {key: mean_of(parts) for key, parts in held.items()}

    @cached_property
    def _spreads(self) -> dict[int, Spread]:
        held: dict[int, list[Fraction | None]] = defaultdict(list)
        for (_student, course, term), value in self.averages.items():
            if term == self.term:
                held[course].append(value)
        return {course: spread for course, values in held.items() if (spread := spread_of(values))}


def results_of(division: Group, term: Term) -> ClassResults:
    """The averages of a class in a term and before, one statement whatever the number of students and marks."""
    facts: dict[str, Any] = {
        "school": current_establishment_id(), "divisions": [division.pk], "term": term.pk, "today": clock.today(),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql.RESULTS, facts)
        read = _decode(cursor.fetchone()[0])
    rules = read.rules or _Rules()
    return ClassResults(
        term=term.pk,
        students=read.students,
        terms=read.terms,
        services=read.services,
        averages=_averages(read),
        weights={(course, at): weight for course, at, weight in read.weights},
        rounding=Rounding(rules.direction, rules.step),
    )


def _averages(read: _Read) -> dict[_Key, Fraction | None]:
    parts: dict[int, dict[Hashable, int]] = defaultdict(dict)
    for number, course, coefficient in read.parts:
        parts[course][number] = coefficient
    tests = {each.id: each for each in read.assessments}
    known = {number for number, _label in read.terms}
    held: dict[_Key, list[tuple[int | None, Mark]]] = defaultdict(list)
    for assessment, student, points, annotation in read.marks:
        test = tests[assessment]
        mark = Mark(
            0 if annotation in ZEROES else points, test.scale, test.coefficient, test.is_brought, test.option, test.id
        )
        for term in {test.term, test.other_term} & known:
            held[student, test.course, term].append((test.part, mark))  # type: ignore[index]
    averages = {key: service_average(marks, parts[key[1]]) for key, marks in held.items()}
    for course, term, student, value in read.finals:
        averages[student, course, term] = Fraction(value, 100)
    return averages
