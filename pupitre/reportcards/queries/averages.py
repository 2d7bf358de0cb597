"""Averages of a class in its terms, from facts already read: exact, by course and student."""

from collections import defaultdict
from collections.abc import Hashable
from fractions import Fraction
from functools import cached_property

from pupitre.gradebook.averages import Mark, Part, mean_of, service_average
from pupitre.gradebook.statistics import Spread, spread_of
from pupitre.reportcards.queries.facts import Facts


class Averages:
    """What was read, averaged when it is asked for, once."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._marks: dict[tuple[int, int, int], list[tuple[Hashable, Mark]]] = defaultdict(list)
        tests = {each.id: each for each in facts.tests}
        for row in facts.marks:
            test = tests[row.test]
            mark = (test.part, test.mark(row.points, row.annotation))
            for term in {test.term, test.other_term or test.term}:
                self._marks[test.course, term, row.student].append(mark)
        self._parts: dict[int, dict[Hashable, int]] = defaultdict(dict)
        for course, part, coefficient in facts.parts:
            self._parts[course][part] = coefficient
        self._weights = {(course, term): weight for course, term, weight in facts.weights}
        self.finals = {(course, term, student): Fraction(v, 100) for course, term, student, v in facts.finals}
        self._groups: dict[int, set[int]] = defaultdict(set)
        for student, group in facts.theirs:
            self._groups[student].add(group)
        self._known: dict[tuple[int, int, int], Fraction | None] = {}
        self._spreads: dict[tuple[int, int], Spread | None] = {}

    @cached_property
    def marked(self) -> set[tuple[int, int]]:
        """The courses and terms in which something was assessed."""
        return {(each.course, term) for each in self.facts.tests for term in (each.term, each.other_term) if term}

    def computed(self, course: int, term: int, student: int) -> Fraction | None:
        """The average of what was entered."""
        key = (course, term, student)
        if key not in self._known:
            self._known[key] = service_average(self._marks.get(key, ()), self._parts[course])
        return self._known[key]

    def value(self, course: int, term: int, student: int) -> Fraction | None:
        """The average of the bulletin: set by hand, else computed."""
        final = self.finals.get((course, term, student))
        return self.computed(course, term, student) if final is None else final

    def general(self, term: int, student: int) -> Fraction | None:
        """The mean of the averages of a student, weighed as the school does."""
        own = [each.id for each in self.facts.courses if each.group in self._groups[student]]
        return mean_of(Part(self.value(each, term, student), self._weights.get((each, term), 100)) for each in own)

    def takes(self, student: int, group: int) -> bool:
        """Whether a student is in the group of a course."""
        return group in self._groups[student]

    @cached_property
    def _students(self) -> dict[tuple[int, int], set[int]]:
        found: dict[tuple[int, int], set[int]] = defaultdict(set)
        for course, term, student in self._marks:
            found[course, term].add(student)
        return found

    def spread(self, course: int, term: int) -> Spread | None:
        """How the averages of all who take a course spread; None without any."""
        key = (course, term)
        if key not in self._spreads:
            self._spreads[key] = spread_of(self.value(course, term, each) for each in self._students.get(key, ()))
        return self._spreads[key]
