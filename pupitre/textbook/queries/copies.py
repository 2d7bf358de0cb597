"""The copies of a homework, student by student."""

from dataclasses import dataclass
from typing import Literal

from django.db.models import QuerySet

from pupitre.directory.models import Membership, Person, Student
from pupitre.directory.periods import held_on
from pupitre.files.models import StoredFile
from pupitre.files.queries import files_of
from pupitre.foundation import clock
from pupitre.textbook.models import Correction, Extension, Homework, HomeworkMark, HomeworkStudent, Submission

State = Literal["received", "late", "nothing"]


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A student, what they said of the work, and their copy."""

    student: Student
    mark: HomeworkMark | None
    copy: Submission | None
    extension: Extension | None
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


def copies_of(homework: Homework) -> list[CopyRow]:
    """One row per student: five statements whatever their number."""
    marks = {each.student_id: each for each in HomeworkMark.objects.filter(homework=homework)}
    copies = {each.student_id: each for each in Submission.objects.filter(homework=homework)}
    extensions = {each.student_id: each for each in Extension.objects.filter(homework=homework)}
    returned = set(
        Correction.objects.filter(submission__homework=homework).values_list("submission__student", flat=True)
    )
    return [
        CopyRow(each, marks.get(each.pk), copies.get(each.pk), extensions.get(each.pk), each.pk in returned)
        for each in students_for(homework)
    ]


def copy_of(homework: Homework, student: Student) -> tuple[Submission | None, list[StoredFile]]:
    """The copy of a student, and its files; two statements."""
    copy: Submission | None = Submission.objects.filter(homework=homework, student=student).first()
    return copy, files_of([copy])[copy.pk] if copy else []


def correction_of(copy: Submission | None) -> tuple[Correction | None, list[StoredFile]]:
    """What was given back with a copy, and its files; two statements."""
    row: Correction | None = copy.corrections.first() if copy else None
    return row, files_of([row])[row.pk] if row else []
