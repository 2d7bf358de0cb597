"""The marks of a student as one reader sees them: by service, with averages that say how they were made."""

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

import msgspec
from django.db import connection

from pupitre.directory.models import Student
from pupitre.establishments.models import Term
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.gradebook import sql_student
from pupitre.gradebook.averages import Explained, Mark, Option, Part, mean_of, service_average
from pupitre.gradebook.models.marks import ZEROES
from pupitre.gradebook.queries.class_averages import CourseTerm, last_weight, of_year
from pupitre.gradebook.rounding import Direction, Rounding, plain, plain_hundredths, written
from pupitre.gradebook.statistics import Spread, spread_of
from pupitre.gradebook.typed import SHORT
from pupitre.gradebook.words import rounding_rule


class SeenMark(msgspec.Struct, frozen=True, gc=False):
    """An assessment as a student's page shows it, with their mark; `points` and `coefficient` in hundredths."""

    id: int
    course: int
    term: int
    other_term: int | None
    part: int | None
    title: str
    description: str
    kind: str
    held_on: dt.date
    scale: int
    coefficient: int
    is_brought: bool
    option: Option
    student_sees_at: dt.datetime | None
    guardian_sees_at: dt.datetime | None
    points: int | None
    annotation: str
    remark: str
    has_files: bool = False

    @property
    def text(self) -> str:
        """« 12,5 », « Abs », or a dash when nothing was written."""
        return (SHORT.get(self.annotation, "") or "–") if self.points is None else plain_hundredths(self.points)

    @property
    def weight(self) -> str:
        """The coefficient as it is written."""
        return plain_hundredths(self.coefficient)

    @property
    def is_number(self) -> bool:
        """Whether there is a number to show out of the scale."""
        return self.points is not None

    @property
    def mark(self) -> Mark:
        """For averages."""
        return self.mark_of(self.points, self.annotation)

    def mark_of(self, points: int | None, annotation: str) -> Mark:
        """What somebody has at this assessment, for averages."""
        worth = 0 if annotation in ZEROES else points
        return Mark(worth, self.scale, self.coefficient, self.is_brought, self.option, self.id)

    def counts_in(self, term: int) -> bool:
        """Whether it enters the averages of a term."""
        return term in (self.term, self.other_term)


class SeenService(msgspec.Struct, frozen=True, gc=False):
    """A course with marks to show."""

    course: int
    code: str
    subject: str
    group: str
    teachers: str


class SeenPart(msgspec.Struct, frozen=True, gc=False):
    """A part of a course."""

    id: int
    course: int
    label: str
    coefficient: int


class SeenRules(msgspec.Struct, frozen=True, gc=False):
    """What the school chose."""

    direction: Direction = Direction.NEAREST
    step: int = 10
    annual: str = "terms"
    shows_class: bool = True


class _Other(NamedTuple):
    assessment: int
    student: int
    points: int | None
    annotation: str


class _Read(msgspec.Struct, frozen=True, gc=False):
    assessments: list[SeenMark]
    services: list[SeenService]
    parts: list[SeenPart]
    weights: list[tuple[int, int, int]]
    finals: list[tuple[int, int, int]]
    others: list[_Other]
    class_finals: list[tuple[int, int, int]]
    taken: list[tuple[int | None, int, int, str]]
    class_taken: list[tuple[int, int, int]]
    rules: SeenRules | None


_decode = msgspec.json.Decoder(_Read).decode


@dataclass(frozen=True, slots=True)
class ServiceMarks:
    """A service of a student in a term. `computed` is exact; `final`, set by hand, replaces it and never hides it; else `taken`,
    of another tool, whose name is `origin`.
    """

    service: SeenService
    marks: Sequence[SeenMark]
    parts: Sequence[SeenPart]
    computed: Fraction | None
    final: Fraction | None
    taken: Fraction | None
    origin: str
    weight: int
    spread: Spread | None
    by_term: Mapping[int, Fraction | None]
    """The average of the bulletin of each term of the year that has one."""

    @property
    def value(self) -> Fraction | None:
        """The average of the bulletin."""
        known = (each for each in (self.final, self.taken) if each is not None)
        return next(known, self.computed)


@dataclass(frozen=True, slots=True)
class StudentMarks:
    """Everything that a reader sees of a student in a term. `annual` is that of the marks of the whole year so far."""

    services: Sequence[ServiceMarks]
    general: Fraction | None
    annual: Fraction | None
    general_origin: str
    """The tool that the general average is taken over from, if it is."""
    rounding: Rounding
    shows_class: bool
    spreads: Mapping[int, Spread]
    """By assessment, of the marks out of twenty."""
    generals: Mapping[int, Fraction | None]
    """By term of the year, the general average."""
    year: Sequence[SeenMark]
    """Every mark of the year that the reader sees, the last first."""

    def write(self, value: Fraction | None) -> str:
        """An average as the school writes it, « NN » when nothing counts."""
        return written(value, self.rounding)

    def write_exact(self, value: Fraction) -> str:
        """Before rounding, with two decimals: « 12,57 »."""
        return plain(value)

    def write_weight(self, coefficient: int) -> str:
        """A coefficient in hundredths, as people write it."""
        return plain(Fraction(coefficient, 100))

    def rule(self) -> str:
        """How averages are written here, in a sentence."""
        return rounding_rule(self.rounding)

    def sums(self, result: Explained) -> tuple[str, str]:
        """The sum of the weighted marks and that of their weights, for the page to add a supposed mark to."""
        weight = sum((line.weight for line in result.lines), Fraction())
        value = result.value or Fraction()
        return f"{float(value * weight):.6f}", f"{float(weight):.6f}"

    def write_mean(self, assessment: int) -> str:
        """The mean of the class at an assessment, out of twenty; nothing when it is not told."""
        spread = self.spreads.get(assessment) if self.shows_class else None
        return self.write(spread.mean) if spread else ""


def marks_of(student: Student, term: Term, seen: str) -> StudentMarks:
    """The marks of a student in the year, averages of a term; one statement. `seen`: a condition of `sql_student`."""
    facts: dict[str, Any] = {
        "school": current_establishment_id(), "student": student.pk, "term": term.pk, "today": clock.today(),
        "now": clock.now(),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql_student.marks_of_student(seen), facts)
        read = _decode(cursor.fetchone()[0])
    return _StudentMarks(read, term.pk).made()


class _StudentMarks:
    """Averages of what was read."""

    def __init__(self, read: _Read, term: int) -> None:
        self.read, self.term = read, term
        self.rules = read.rules or SeenRules()
        self.parts: dict[int, list[SeenPart]] = defaultdict(list)
        for part in read.parts:
            self.parts[part.course].append(part)
        self.weights = {(course, in_term): weight for course, in_term, weight in read.weights}
        self.finals = {(course, in_term): Fraction(value, 100) for course, in_term, value in read.finals}
        self.taken = {(course, in_term): Fraction(value, 100) for course, in_term, value, _tool in read.taken}
        self.origins = {(course, in_term): tool for course, in_term, _value, tool in read.taken}
        self.by_id = {each.id: each for each in read.assessments}
        self.terms = {*(each.term for each in read.assessments), *(in_term for _c, in_term, _v, _t in read.taken)}

    def made(self) -> StudentMarks:
        """The whole, service by service."""
        class_averages = self._class_averages()
        services = []
        for service in self.read.services:
            marks = [each for each in self._of(service.course) if each.counts_in(self.term)]
            if marks or (service.course, self.term) in self.taken:
                services.append(self._service(service, marks, class_averages))
        general = mean_of(Part(each.value, each.weight) for each in services)
        return StudentMarks(
            services=services,
            general=self.taken.get((None, self.term), general),
            annual=self._annual(),
            general_origin=self.origins.get((None, self.term), ""),
            rounding=Rounding(self.rules.direction, self.rules.step),
            shows_class=self.rules.shows_class,
            spreads=self._spreads(),
            generals={term: self._general(term) for term in sorted(self.terms)},
            year=self.read.assessments,
        )

    def _of(self, course: int) -> list[SeenMark]:
        return [each for each in self.read.assessments if each.course == course]

    def _service(
        self, service: SeenService, marks: Sequence[SeenMark], averages: Mapping[int, Sequence[Fraction | None]]
    ) -> ServiceMarks:
        key = (service.course, self.term)
        return ServiceMarks(
            service=service,
            marks=marks,
            parts=self.parts[service.course],
            computed=self._average(service.course, ((each.part, each.mark) for each in marks)),
            final=self.finals.get(key),
            taken=self.taken.get(key),
            origin=self.origins.get(key, ""),
            weight=self.weights.get(key, 100),
            spread=spread_of(averages.get(service.course, ())),
            by_term={term: value for term in self.terms if (value := self._value(service.course, term)) is not None},
        )

    def _value(self, course: int, term: int) -> Fraction | None:
        """The average of the bulletin of a course in a term: the one set by hand, else taken over, else the computed one."""
        key = (course, term)
        if key in self.finals or key in self.taken:
            return self.finals[key] if key in self.finals else self.taken[key]
        return self._computed(course, term)

    def _computed(self, course: int, term: int) -> Fraction | None:
        return self._average(course, ((each.part, each.mark) for each in self._of(course) if each.counts_in(term)))

    def _average(self, course: int, marks: Iterable[tuple[int | None, Mark]]) -> Fraction | None:
        weights: dict[Hashable, int] = {part.id: part.coefficient for part in self.parts[course]}
        return service_average(marks, weights)

    def _class_averages(self) -> dict[int, list[Fraction | None]]:
        """By course, the averages of everyone in the class, of the same assessments; those set by hand or taken over in their
        place.
        """
        held: dict[tuple[int, int], list[tuple[int | None, Mark]]] = defaultdict(list)
        for other in self.read.others:
            one = self.by_id[other.assessment]
            held[one.course, other.student].append((one.part, one.mark_of(other.points, other.annotation)))
        finals = {(course, student): Fraction(value, 100) for course, student, value in self.read.class_finals}
        taken = {(course, student): Fraction(value, 100) for course, student, value in self.read.class_taken}
        averages: dict[int, list[Fraction | None]] = defaultdict(list)
        for course, student in held.keys() | taken.keys():
            key = (course, student)
            told = finals.get(key, taken.get(key))
            averages[course].append(self._average(course, held.get(key, ())) if told is None else told)
        return averages

    def _spreads(self) -> dict[int, Spread]:
        values: dict[int, list[Fraction]] = defaultdict(list)
        for other in self.read.others:
            mark = self.by_id[other.assessment].mark_of(other.points, other.annotation)
            if mark.points is not None:
                values[other.assessment].append(mark.value)
        return {key: spread for key, held in values.items() if (spread := spread_of(held))}

    def _annual(self) -> Fraction | None:
        """The general average of the year so far, by the rule of the school."""
        terms = sorted(self.terms)
        alone = any((None, term) in self.taken and not self._has_values(term) for term in terms)
        if self.rules.annual == "marks" and not alone:
            return mean_of(
                Part(self._of_year(each.course, terms), last_weight(self.weights, each.course, terms))
                for each in self.read.services
            )
        return mean_of(Part(self._general(term)) for term in terms)

    def _has_values(self, term: int) -> bool:
        return any(self._value(each.course, term) is not None for each in self.read.services)

    def _of_year(self, course: int, terms: Sequence[int]) -> Fraction | None:
        whole = self._average(course, ((one.part, one.mark) for one in self._of(course)))
        keys = [(course, term) for term in terms]
        return of_year(whole, (CourseTerm(self._value(*key), self._computed(*key), key in self.taken) for key in keys))

    def _general(self, term: int) -> Fraction | None:
        if (None, term) in self.taken:
            return self.taken[None, term]
        courses = [service.course for service in self.read.services]
        return mean_of(Part(self._value(each, term), self.weights.get((each, term), 100)) for each in courses)
