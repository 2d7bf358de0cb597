"""The copies of a homework, student by student."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from pupitre.directory.models import Membership, Person, Student
from pupitre.directory.periods import held_on
from pupitre.foundation import clock
from pupitre.textbook.models import Correction, Extension, Homework, HomeworkMark, HomeworkStudent, Submission

State = Literal["received", "late", "nothing"]


@dataclass(frozen=True, slots=True)
class Said:
    """What a student said of a work, and the time they were given besides."""

    done_at: dt.datetime | None = None
    unclear_at: dt.datetime | None = None
    planned_on: dt.date | None = None
    until_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A student, what they said of the work, and their copy."""

    student: Student
    said: Said
    copy: Submission | None
    is_returned: bool

    @property
    def person(self) -> Person:
        found: Person = self.student.person
        return found

    @property
    def state(self) -> State:
        if self.copy is None:
            return "nothing"
        return "late" if self.copy.is_late else "received"


def students_for(homework: Homework) -> QuerySet[Student]:
    """The students a homework is for, by name; those who left and handed in are still there."""
    if homework.is_individual:
        ids = HomeworkStudent.objects.filter(homework=homework).values("student")
    else:
        ids = Membership.objects.filter(held_on(clock.today()), group=homework.group_id).values("student")
    handed = Submission.objects.filter(homework=homework).values("student")
    rows: QuerySet[Student] = Student.objects.filter(pk__in=ids) | Student.objects.filter(pk__in=handed)
    return rows.select_related("person").order_by("person__sort_key")


def with_what_they_said(students: QuerySet[Student], homework: Homework) -> QuerySet[Student]:
    """Students with what `said_by` reads of them; no statement."""
    mark = HomeworkMark.objects.filter(homework=homework, student=OuterRef("pk"))
    extension = Extension.objects.filter(homework=homework, student=OuterRef("pk"))
    told = {name: Subquery(mark.values(name)) for name in ("done_at", "unclear_at", "planned_on")}
    rows: QuerySet[Student] = students.annotate(**told, until_at=Subquery(extension.values("until_at")))
    return rows


def said_by(student: Student) -> Said:
    """What was read with a student by `with_what_they_said`."""
    facts = vars(student)
    return Said(facts["done_at"], facts["unclear_at"], facts["planned_on"], facts["until_at"])


def copies_of(homework: Homework) -> list[CopyRow]:
    """One row per student: two statements whatever their number."""
    copies = {each.student_id: each for each in _copies().filter(homework=homework)}
    return [
        CopyRow(each, said_by(each), copy := copies.get(each.pk), copy is not None and vars(copy)["is_returned"])
        for each in with_what_they_said(students_for(homework), homework)
    ]


def copy_of(homework: Homework, student: Student) -> tuple[Submission | None, Correction | None]:
    """The copy of a student, and what was given back with it; a statement, one more when it was."""
    copy: Submission | None = _copies().filter(homework=homework, student=student).first()
    return copy, copy.corrections.first() if copy and vars(copy)["is_returned"] else None


def _copies() -> QuerySet[Submission]:
    """Copies, with whether each `is_returned`."""
    rows: QuerySet[Submission] = Submission.objects.annotate(
        is_returned=Exists(Correction.objects.filter(submission=OuterRef("pk")))
    )
    return rows
