from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pupitre.establishments.models import Term
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.gradebook.averages import Option
from pupitre.timetable.models import Course

LARGEST_SCALE = 99


class ServicePart(EstablishmentOwned):
    """A part of a service (sous-matière: oral, écrit), with what it weighs in the average of the service."""

    course = OwnedForeignKey(Course, models.PROTECT, related_name="parts", db_index=False)
    label = models.CharField(max_length=40)
    coefficient = models.DecimalField(max_digits=4, decimal_places=2, default=Decimal(1))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "course", "label"], name="one_part_a_label"),)

    def __str__(self) -> str:
        return self.label


class ServiceWeight(EstablishmentOwned):
    """What a service weighs in the general average of a term; without a row, one."""

    course = OwnedForeignKey(Course, models.PROTECT, related_name="weights", db_index=False)
    term = OwnedForeignKey(Term, models.PROTECT, related_name="+", db_index=False)
    coefficient = models.DecimalField(max_digits=4, decimal_places=2)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "course", "term"], name="one_weight_a_term"),)
        indexes = (models.Index(fields=["establishment", "term"], name="weight_by_term"),)

    def __str__(self) -> str:
        return f"{self.course_id} weighs {self.coefficient}"


class Assessment(EstablishmentOwned):
    """Work that is marked (évaluation), of one service in one term.

    Students see its marks from `student_sees_at` on, guardians from `guardian_sees_at` on; neither is set before the teacher
    publishes it.
    """

    class Kind(models.TextChoices):
        WRITTEN = "written", _("Écrit")
        ORAL = "oral", _("Oral")
        PRACTICAL = "practical", _("Pratique")
        COMMON = "common", _("Contrôle commun")

    OPTIONS = (
        (Option.NONE.value, _("Comme les autres")),
        (Option.BONUS.value, _("En bonus : seuls les points au-dessus de la moitié s’ajoutent")),
        (Option.IF_BETTER.value, _("Seulement si elle relève la moyenne de l’élève")),
    )

    course = OwnedForeignKey(Course, models.PROTECT, related_name="assessments", db_index=False)
    term = OwnedForeignKey(Term, models.PROTECT, related_name="+", db_index=False)
    # Counted in a second term too: a common test at the turn of two.
    other_term = OwnedForeignKey(Term, models.PROTECT, null=True, related_name="+", db_index=False)
    part = OwnedForeignKey(ServicePart, models.PROTECT, null=True, related_name="assessments", db_index=False)
    title = models.CharField(max_length=80)
    description = models.CharField(max_length=500, blank=True)
    held_on = models.DateField()
    kind = models.CharField(max_length=9, choices=Kind.choices, default=Kind.WRITTEN)
    scale = models.PositiveSmallIntegerField(
        default=20, validators=[MinValueValidator(1), MaxValueValidator(LARGEST_SCALE)]
    )
    coefficient = models.DecimalField(
        max_digits=4, decimal_places=2, default=Decimal(1), validators=[MinValueValidator(0)]
    )
    is_brought = models.BooleanField(default=False)
    option = models.CharField(max_length=9, choices=OPTIONS, default=Option.NONE.value)
    # None: what the school chose.
    guardian_delay_hours = models.PositiveSmallIntegerField(null=True)
    student_sees_at = models.DateTimeField(null=True)
    guardian_sees_at = models.DateTimeField(null=True)
    is_locked = models.BooleanField(default=False)
    created_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(scale__range=(1, LARGEST_SCALE)), name="scale_within_reason"),
            models.CheckConstraint(
                condition=Q(coefficient__range=(0, LARGEST_SCALE)), name="coefficient_within_reason"
            ),
            models.CheckConstraint(
                condition=Q(student_sees_at=None, guardian_sees_at=None)
                | Q(guardian_sees_at__gte=models.F("student_sees_at")),
                name="students_first",
            ),
        )
        indexes = (
            models.Index(fields=["establishment", "course", "term"], name="assessment_by_course"),
            models.Index(fields=["establishment", "term"], name="assessment_by_term"),
            models.Index(fields=["establishment", "other_term"], name="assessment_by_other_term"),
            models.Index(fields=["establishment", "part"], name="assessment_by_part"),
        )

    def __str__(self) -> str:
        return self.title
