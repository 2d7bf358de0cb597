"""The averages of many students in courses and terms, from marks already read: exact, and the one place where they are made."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import msgspec

from pupitre.gradebook.averages import Mark, Option, Part, mean_of, service_average
from pupitre.gradebook.models.marks import ZEROES
from pupitre.gradebook.statistics import Spread, spread_of

USUAL = 100
"""What a service weighs in the general average when the school said nothing, in hundredths."""


class Test(msgspec.Struct, frozen=True, gc=False):
    """An assessment as averages need it; `coefficient` in hundredths."""

    __test__ = False

    id: int
    course: int
    term: int
    other_term: int | None
    part: int | None
    scale: int
    coefficient: int
    is_brought: bool
    option: Option

    def mark(self, points: int | None, annotation: str) -> Mark:
        """What somebody has at it; `points` in hundredths, and an annotation that counts as a zero is one."""
        worth = 0 if annotation in ZEROES else points
        return Mark(worth, self.scale, self.coefficient, self.is_brought, self.option, self.id)

    @property
    def terms(self) -> set[int]:
        """The terms whose averages it enters."""
        return {self.term, self.other_term or self.term}


class ClassAverages:
    """Averages by course, term and student, each made when it is asked for, once.

    Marks: assessment, student, points in hundredths, annotation. Parts: course, part, coefficient. Weights: course, term,
    coefficient. Finals, set by hand in the place of what is computed: course, term, student, value. Taken, as the bulletin of
    another tool said them in that place: course (none: the general average), term, student, value, tool. All in hundredths.
    """

    def __init__(
        self, *, tests: Iterable[Test], marks: Iterable[tuple[int, int, int | None, str]],
        parts: Iterable[tuple[int, int, int]], weights: Iterable[tuple[int, int, int]],
        finals: Iterable[tuple[int, int, int, int]], taken: Iterable[tuple[int | None, int, int, int, str]] = (),
    ) -> None:  # fmt: skip
        self.tests = {each.id: each for each in tests}
        self._marks: dict[tuple[int, int, int], list[tuple[Hashable, Mark]]] = defaultdict(list)
        self._year: dict[tuple[int, int], list[tuple[Hashable, Mark]]] = defaultdict(list)
        for number, student, points, annotation in marks:
            test = self.tests[number]
            mark = (test.part, test.mark(points, annotation))
            self._year[test.course, student].append(mark)
            for term in test.terms:
                self._marks[test.course, term, student].append(mark)
        self._parts: dict[int, dict[Hashable, int]] = defaultdict(dict)
        for course, part, coefficient in parts:
            self._parts[course][part] = coefficient
        self._weights = {(course, term): weight for course, term, weight in weights}
        self.finals = {(course, term, student): Fraction(v, USUAL) for course, term, student, v in finals}
        self._taken: dict[tuple[int, int, int], tuple[Fraction, str]] = {}
        self._taken_generals: dict[tuple[int, int], tuple[Fraction, str]] = {}
        for one, term, student, value, origin in taken:
            if one is None:
                self._taken_generals[term, student] = (Fraction(value, USUAL), origin)
            else:
                self._taken[one, term, student] = (Fraction(value, USUAL), origin)
        self._known: dict[tuple[int, int, int], Fraction | None] = {}
        self._spreads: dict[tuple[int, int], Spread | None] = {}

    @cached_property
    def marked(self) -> set[tuple[int, int]]:
        """The courses and terms in which something was assessed, or an average was taken over."""
        assessed = {(each.course, term) for each in self.tests.values() for term in each.terms}
        return assessed | {(course, term) for course, term, _student in self._taken}

    def computed(self, course: int, term: int, student: int) -> Fraction | None:
        """The average of what was entered."""
        key = (course, term, student)
        if key not in self._known:
            self._known[key] = service_average(self._marks.get(key, ()), self._parts[course])
        return self._known[key]

    def value(self, course: int, term: int, student: int) -> Fraction | None:
        """The average of the bulletin: set by hand, else taken over, else computed."""
        key = (course, term, student)
        if key in self.finals:
            return self.finals[key]
        return self._taken[key][0] if key in self._taken else self.computed(*key)

    def origin(self, course: int, term: int, student: int) -> str:
        """The tool that the average of the bulletin is taken over from; nothing when it is ours."""
        key = (course, term, student)
        return "" if key in self.finals or key not in self._taken else self._taken[key][1]

    def general_origin(self, student: int, term: int) -> str:
        """The tool that a general average is taken over from; nothing when it is ours."""
        return self._taken_generals[term, student][1] if (term, student) in self._taken_generals else ""

    def courses_of(self, student: int, term: int) -> Sequence[int]:
        """The courses in which a student was marked in a term, were it « absent », or has an average set by hand or taken over."""
        return self._courses.get((student, term), ())

    def general(self, student: int, term: int) -> Fraction | None:
        """That of a bulletin taken over, else the mean of the averages of a student in a term, weighed as the school does."""
        if (term, student) in self._taken_generals:
            return self._taken_generals[term, student][0]
        return mean_of(
            Part(self.value(each, term, student), self._weights.get((each, term), USUAL))
            for each in self.courses_of(student, term)
        )

    def spread(self, course: int, term: int, among: Iterable[int] | None = None) -> Spread | None:
        """How the averages of those who take a course spread, or of some of them; None without any."""
        if among is not None:
            return spread_of(self.value(course, term, each) for each in among)
        key = (course, term)
        if key not in self._spreads:
            self._spreads[key] = spread_of(self.value(course, term, each) for each in self._students.get(key, ()))
        return self._spreads[key]

    def annual(self, student: int, terms: Sequence[int], rule: str) -> Fraction | None:
        """The general average of the year so far (GRA-7): « terms », the mean of those of the terms, or « marks », that of
        the averages of all the marks of each course, weighed as in the last term. What is taken over has no marks: a course
        then counts by its terms, and so does the whole when a general average alone is known of a term.
        """
        alone = any((each, student) in self._taken_generals and not self._has_values(student, each) for each in terms)
        if rule != "marks" or alone:
            return mean_of(Part(self.general(student, each)) for each in terms)
        courses = dict.fromkeys(course for term in terms for course in self.courses_of(student, term))
        return mean_of(Part(self._of_year(each, student, terms), self._last_weight(each, terms)) for each in courses)

    def _of_year(self, course: int, student: int, terms: Sequence[int]) -> Fraction | None:
        keys = [(course, each, student) for each in terms]
        whole = service_average(self._year.get((course, student), ()), self._parts[course])
        return of_year(whole, (CourseTerm(self.value(*key), self.computed(*key), key in self._taken) for key in keys))

    def _has_values(self, student: int, term: int) -> bool:
        return any(self.value(each, term, student) is not None for each in self.courses_of(student, term))

    def _last_weight(self, course: int, terms: Sequence[int]) -> int:
        return last_weight(self._weights, course, terms)

    @cached_property
    def _courses(self) -> dict[tuple[int, int], list[int]]:
        found: dict[tuple[int, int], list[int]] = defaultdict(list)
        for course, term, student in self._marks.keys() | self.finals.keys() | self._taken.keys():
            found[student, term].append(course)
        return found

    @cached_property
    def _students(self) -> dict[tuple[int, int], set[int]]:
        found: dict[tuple[int, int], set[int]] = defaultdict(set)
        for course, term, student in self._marks.keys() | self.finals.keys() | self._taken.keys():
            found[course, term].add(student)
        return found


class CourseTerm(NamedTuple):
    """A course of a student in a term: the average of the bulletin, that of the marks, and whether one was taken over."""

    value: Fraction | None
    computed: Fraction | None
    is_taken: bool


def of_year(whole: Fraction | None, terms: Iterable[CourseTerm]) -> Fraction | None:
    """What a course is worth in the year of all the marks: `whole`, the average of them all; the mean of its terms when one
    was taken over without a mark that counts: an empty cell, or « absent », would make it vanish from the year.
    """
    held = list(terms)
    if any(each.is_taken and each.computed is None for each in held):
        return mean_of(Part(each.value) for each in held)
    return whole


def last_weight(weights: Mapping[tuple[int, int], int], course: int, terms: Sequence[int]) -> int:
    """What a course weighs in the year: as in the last of its terms that says it."""
    return next((weights[course, each] for each in reversed(terms) if (course, each) in weights), USUAL)
