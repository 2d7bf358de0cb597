"""What misses in the bulletins of classes before their councils: appreciations by course, syntheses by class."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec
from django.db import connection

from pupitre.councils import sql
from pupitre.establishments.models import Term
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock


class MissingCourse(msgspec.Struct, frozen=True, gc=False):
    """A course in which appreciations miss for so many students of a class."""

    division: int
    course: int
    subject: str
    students: int
    teachers: list[tuple[int, str]]

    @property
    def given_by(self) -> str:
        """« Mme Roussel, M. Lemoine »."""
        return ", ".join(name for _person, name in self.teachers)


class ClassCount(msgspec.Struct, frozen=True, gc=False):
    """A class: its students, those without a synthesis, those of whom the council has spoken, those of whom nothing misses."""

    division: int
    students: int
    unwritten: int
    seen: int
    ready: int
    led_by: list[tuple[int, str]]


class _Read(msgspec.Struct, frozen=True, gc=False):
    courses: list[MissingCourse]
    classes: list[ClassCount]


_decode = msgspec.json.Decoder(_Read).decode


@dataclass(frozen=True)
class Missing:
    """What misses in one class."""

    count: ClassCount
    courses: Sequence[MissingCourse]

    @property
    def appreciations(self) -> int:
        """How many appreciations miss."""
        return sum(each.students for each in self.courses)

    @cached_property
    def owed_by(self) -> dict[int, int]:
        """By person, how many appreciations they owe; two teachers of one course owe the same ones."""
        held: dict[int, int] = defaultdict(int)
        for each in self.courses:
            for person, _name in each.teachers:
                held[person] += each.students
        return dict(held)

    @property
    def to_remind(self) -> int:
        """How many people would be reminded: teachers, and the form teacher when syntheses miss."""
        return len(self.owed_by.keys() | {person for person, _name in self.count.led_by if self.count.unwritten})


def missing_in(term: Term, divisions: Collection[int]) -> dict[int, Missing]:
    """By class, what misses in a term; one statement whatever the number of classes."""
    facts: dict[str, Any] = {
        "school": current_establishment_id(), "divisions": list(divisions), "term": term.pk, "today": clock.today(),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql.MISSING, facts)
        read = _decode(cursor.fetchone()[0])
    courses: dict[int, list[MissingCourse]] = defaultdict(list)
    for each in read.courses:
        courses[each.division].append(each)
    empty = ClassCount(0, 0, 0, 0, 0, [])
    counts = {each.division: each for each in read.classes}
    return {each: Missing(counts.get(each, empty), courses[each]) for each in divisions}
