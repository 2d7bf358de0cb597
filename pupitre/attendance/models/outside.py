from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Student
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey


class OutsideRegister(EstablishmentOwned):
    """A register outside lessons (pointage): who is in the study room, at the meal, in the boarding house that evening.

    `student_ids`: those expected; others may come. It says where students are, and makes no absence.
    """

    class Kind(models.TextChoices):
        STUDY = "study", _("Étude")
        LIBRARY = "library", _("CDI")
        MEAL = "meal", _("Repas")
        BOARDING = "boarding", _("Internat")
        BUS = "bus", _("Car")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    place = models.CharField(max_length=60, blank=True)
    held_on = models.DateField()
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    student_ids = ArrayField(models.BigIntegerField(), default=list)
    opened_by_id = models.BigIntegerField(null=True)
    taken_at = models.DateTimeField(null=True)
    taken_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="outside_in_order"),)
        indexes = (models.Index(fields=["establishment", "held_on"], name="outside_by_day"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.held_on} {self.starts_at:%H:%M}"


class OutsideMark(EstablishmentOwned):
    """A student seen, or not, in a register outside lessons."""

    register = OwnedForeignKey(OutsideRegister, models.CASCADE, related_name="marks", db_index=False)
    student = OwnedForeignKey(Student, models.PROTECT, related_name="outside_marks", db_index=False)
    is_here = models.BooleanField()
    marked_at = models.DateTimeField()
    author_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "register", "student"], name="one_outside_mark"),
        )
        indexes = (models.Index(fields=["establishment", "student"], name="outside_mark_by_student"),)

    def __str__(self) -> str:
        return f"{self.student_id} {self.register_id}"
