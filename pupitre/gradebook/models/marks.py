from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Student
from pupitre.establishments.models import Term
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.gradebook.models.assessments import Assessment
from pupitre.timetable.models import Course


class Annotation(models.TextChoices):
    """What stands in the place of a number. Two of them count as a zero, and say so; the others count for nothing."""

    ABSENT = "absent", _("Absent")
    EXEMPT = "exempt", _("Dispensé")
    NOT_MARKED = "not_marked", _("Non noté")
    UNFIT = "unfit", _("Inapte")
    NOT_HANDED_IN = "not_handed_in", _("Non rendu")
    ABSENT_ZERO = "absent_zero", _("Absent, compte zéro")
    NOT_HANDED_IN_ZERO = "not_handed_in_zero", _("Non rendu, compte zéro")
    PRAISE = "praise", _("Félicitations")


ZEROES = frozenset({Annotation.ABSENT_ZERO.value, Annotation.NOT_HANDED_IN_ZERO.value})


class Written(models.Model):
    """What is written in a cell, by whom and when: nothing at all when it was taken back."""

    points = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    annotation = models.CharField(max_length=18, choices=Annotation.choices, blank=True)
    remark = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField()
    written_by_id = models.BigIntegerField(null=True)
    written_at = models.DateTimeField()

    class Meta:
        abstract = True


class StudentMark(EstablishmentOwned, Written):
    """The mark of a student at an assessment. `version` counts what was written in its cell.

    Families see it when they see the assessment; written after it was published, not before its own two instants.
    """

    assessment = OwnedForeignKey(Assessment, models.CASCADE, related_name="marks", db_index=False)
    student = OwnedForeignKey(Student, models.PROTECT, related_name="marks", db_index=False)
    student_sees_at = models.DateTimeField(null=True)
    guardian_sees_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "assessment", "student"], name="one_student_mark"),
            models.CheckConstraint(condition=Q(points=None) | Q(annotation=""), name="a_number_or_a_word"),
            models.CheckConstraint(condition=Q(points=None) | Q(points__gte=0), name="mark_above_zero"),
        )
        indexes = (models.Index(fields=["establishment", "student"], name="student_mark_by_student"),)

    def __str__(self) -> str:
        return f"{self.student_id} at {self.assessment_id}"


class MarkVersion(EstablishmentOwned, Written):
    """Everything that was ever written in a cell; `is_kept` is false for what met another hand's and was put aside."""

    mark = OwnedForeignKey(StudentMark, models.CASCADE, related_name="versions", db_index=False)
    is_kept = models.BooleanField(default=True)

    class Meta:
        indexes = (models.Index(fields=["establishment", "mark"], name="version_by_mark"),)

    def __str__(self) -> str:
        return f"{self.mark_id} v{self.version}"


class FinalAverage(EstablishmentOwned):
    """An average that a teacher or the council set in the place of the computed one; both are shown.

    Students see it from `student_sees_at` on, guardians from `guardian_sees_at` on, as a mark shown the day it was first set;
    without these instants, at once.
    """

    course = OwnedForeignKey(Course, models.PROTECT, related_name="+", db_index=False)
    term = OwnedForeignKey(Term, models.PROTECT, related_name="+", db_index=False)
    student = OwnedForeignKey(Student, models.PROTECT, related_name="+", db_index=False)
    value = models.DecimalField(max_digits=4, decimal_places=2)
    set_by_id = models.BigIntegerField(null=True)
    set_at = models.DateTimeField()
    student_sees_at = models.DateTimeField(null=True)
    guardian_sees_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "course", "term", "student"], name="one_final_average"),
            models.CheckConstraint(condition=Q(value__range=(0, 20)), name="final_average_out_of_twenty"),
        )
        indexes = (
            models.Index(fields=["establishment", "student"], name="final_by_student"),
            models.Index(fields=["establishment", "term"], name="final_by_term"),
        )

    def __str__(self) -> str:
        return f"{self.value} for {self.student_id}"
