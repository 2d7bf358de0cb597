"""Terms, assessments and marks for tests, made inside an open scope."""

import datetime as dt
from decimal import Decimal
from typing import Any

from pupitre.directory.models import Group, Student
from pupitre.establishments.models import SchoolYear, Term
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.gradebook.models import Assessment, StudentMark
from pupitre.gradebook.services.entering import Outcome, Told, note_marks
from pupitre.gradebook.services.periods import open_terms
from pupitre.timetable.models import Course

HELD_ON = dt.date(2026, 11, 12)


def first_term() -> Term:
    """The first of the three terms of the year of the open school."""
    return open_terms(year=SchoolYear.objects.get(), semesters=False, actor=None)[0]


def course_of(group: Group, subject: str = "061300") -> Course:
    """The course of a group in a subject: mathematics unless told otherwise."""
    found: Course = Course.objects.select_related("group", "subject").get(group=group, subject__code=subject)
    return found


def assessed(course: Course, title: str = "Calcul littéral", **facts: Any) -> Assessment:
    """An assessment out of twenty of the first term, made once by title."""
    found = Assessment.objects.filter(course=course, title=title).select_related("course", "term").first()
    if found is not None:
        return found
    facts = {"held_on": HELD_ON, "created_at": clock.now(), "coefficient": Decimal(1), **facts}
    row = Assessment(course=course, title=title, term=facts.pop("term", None) or first_term(), **facts)
    row.save()
    return row


def marked(assessment: Assessment, student: Student, text: str, actor: Actor) -> Outcome:
    """A mark written over whatever the cell holds."""
    held = StudentMark.objects.filter(assessment=assessment, student=student).first()
    return note_marks(assessment=assessment, told=[Told(student.pk, text, held.version if held else 0)], actor=actor)[0]
