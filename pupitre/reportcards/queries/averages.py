"""Averages of a class in its terms, from facts already read."""

from collections import defaultdict

from pupitre.gradebook.queries.class_averages import ClassAverages
from pupitre.reportcards.queries.facts import Facts


class Averages(ClassAverages):
    """Those of the gradebook, and who takes which course."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(
            tests=facts.tests, marks=facts.marks, parts=facts.parts, weights=facts.weights, finals=facts.finals,
            taken=facts.taken,
        )  # fmt: skip
        self._groups: dict[int, set[int]] = defaultdict(set)
        for student, group in facts.theirs:
            self._groups[student].add(group)

    def takes(self, student: int, group: int) -> bool:
        """Whether a student is in the group of a course."""
        return group in self._groups[student]
