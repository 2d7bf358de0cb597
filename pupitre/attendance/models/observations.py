from django.db import models
from django.utils.translation import gettext_lazy as _

from pupitre.attendance.models.registers import RollCall
from pupitre.directory.models import Student
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey


class Observation(EstablishmentOwned):
    """What a teacher remarks of one student at a lesson (ATT-3): a notebook left at home, an encouragement. It punishes nothing."""

    class Kind(models.TextChoices):
        NOTEBOOK = "notebook", _("Carnet oublié")
        MATERIAL = "material", _("Matériel oublié")
        WORK = "work", _("Travail non fait")
        ENCOURAGEMENT = "praise", _("Encouragement")
        OTHER = "other", _("Autre")

    student = OwnedForeignKey(Student, models.PROTECT, related_name="observations", db_index=False)
    roll_call = OwnedForeignKey(RollCall, models.PROTECT, related_name="observations", db_index=False)
    observed_on = models.DateField()
    starts_at = models.TimeField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.CharField(max_length=300, blank=True)
    # Whether the student and their guardians read it.
    is_shown = models.BooleanField(default=True)
    author_id = models.BigIntegerField()
    author_name = models.CharField(max_length=120)
    noted_at = models.DateTimeField()
    # The first guardian who said to have read it.
    read_at = models.DateTimeField(null=True)
    read_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["establishment", "roll_call", "student", "kind"], name="one_observation_a_kind"
            ),
        )
        indexes = (
            models.Index(fields=["establishment", "student", "observed_on"], name="observation_by_student"),
            models.Index(fields=["establishment", "observed_on"], name="observation_by_day"),
        )

    def __str__(self) -> str:
        return f"{self.student_id} {self.kind} {self.observed_on}"
