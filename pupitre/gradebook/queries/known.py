"""What is marked here already, as whoever takes marks over from another tool must know it."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from pupitre.directory.names import fold
from pupitre.gradebook.models import Assessment, ClassTerm, StudentMark, TakenAverage
from pupitre.gradebook.typed import shown

TestKey = tuple[int, dt.date, str]
"""A course, a day, and the title folded: what makes two assessments the same one."""


@dataclass(frozen=True, slots=True)
class KnownMarks:
    """`tests`: the scale of each assessment; `marks`: what each student has there, as a cell shows it."""

    tests: dict[TestKey, int]
    marks: dict[tuple[TestKey, int], str]


def key_of(course_id: int, held_on: dt.date, title: str) -> TestKey:
    """What makes two assessments the same one."""
    return course_id, held_on, fold(title)


def marks_known(courses: Collection[int], days: Collection[dt.date]) -> KnownMarks:
    """The assessments of these courses on these days, and their marks; two statements."""
    if not courses or not days:
        return KnownMarks({}, {})
    rows = Assessment.objects.filter(course__in=courses, held_on__in=days)
    keys: dict[int, TestKey] = {}
    tests: dict[TestKey, int] = {}
    for pk, course, held_on, title, scale in rows.values_list("pk", "course_id", "held_on", "title", "scale"):
        keys[pk] = key_of(course, held_on, title)
        tests[keys[pk]] = scale
    written: list[tuple[int, int, Decimal | None, str]] = list(
        StudentMark.objects.filter(assessment__course__in=courses, assessment__held_on__in=days)
        .exclude(points=None, annotation="")
        .values_list("assessment_id", "student_id", "points", "annotation")
    )
    return KnownMarks(tests, {(keys[at], student): shown(points, word) for at, student, points, word in written})


def closed_classes(today: dt.date) -> dict[tuple[int, int], dt.date]:
    """By term and class, the last day on which marks were entered, where it is over; one statement."""
    rows = ClassTerm.objects.filter(entry_ends_on__lt=today).values_list("term_id", "division_id", "entry_ends_on")
    return {(term, division): day for term, division, day in rows if day is not None}


def averages_known(students: Collection[int], terms: Collection[int]) -> set[tuple[int, int, int | None]]:
    """The averages that these students have from another tool: student, term, course (none: the general one); one statement."""
    rows = TakenAverage.objects.filter(student__in=students, term__in=terms)
    return set(rows.values_list("student_id", "term_id", "course_id"))
