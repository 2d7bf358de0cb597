"""Who may leave, and when: what a school lets its students do, and what each family chose."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from pupitre.attendance.gate import Leaving
from pupitre.directory.models import Student
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey

LEAVINGS = (
    (Leaving.HELD.value, _("Après son dernier cours qui a lieu (plus tôt si un cours est supprimé)")),
    (Leaving.PLANNED.value, _("Après son dernier cours prévu, même si un cours est supprimé")),
    (Leaving.NEVER.value, _("Jamais seul : avec un responsable")),
)
COLOURS = (
    ("m-vert", _("Vert")), ("m-bleu", _("Bleu")), ("m-jaune", _("Jaune")), ("m-orange", _("Orange")),
    ("m-rouge", _("Rouge")), ("m-rose", _("Rose")), ("m-violet", _("Violet")), ("m-gris", _("Gris")),
)  # fmt: skip


class ExitRegime(EstablishmentOwned):
    """What students may do at the gate (régime de sortie), as data: a letter, a name, a colour, and the rules."""

    code = models.CharField(max_length=3)
    label = models.CharField(max_length=60)
    colour = models.CharField(max_length=12, choices=COLOURS, default="m-gris")
    leaving = models.CharField(max_length=8, choices=LEAVINGS, default=Leaving.HELD.value)
    at_noon = models.BooleanField(default=False)
    in_gaps = models.BooleanField(default=False)
    # Leaves at these hours only, the first one after the lessons; empty: as soon as they are over.
    fixed_hours = ArrayField(models.TimeField(), default=list, blank=True)
    # First characters of the national code of boarding of those who have it when nobody chose: « 0 » externes, « 2 »…
    boarding = models.CharField(max_length=6, blank=True)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "code"], name="one_regime_a_code"),)

    def __str__(self) -> str:
        return self.label


class StudentExit(EstablishmentOwned):
    """The regime that a family chose for a student, and since when."""

    student = OwnedForeignKey(Student, models.CASCADE, related_name="exits", db_index=False)
    regime = OwnedForeignKey(ExitRegime, models.PROTECT, related_name="students", db_index=False)
    chosen_on = models.DateField()
    written_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "student"], name="one_exit_a_student"),)
        indexes = (models.Index(fields=["establishment", "regime"], name="exit_by_regime"),)

    def __str__(self) -> str:
        return f"{self.student_id} {self.regime_id}"


class ExitRequest(EstablishmentOwned):
    """What a family asks online for the gate; one a student, the last. Nothing changes before the office says yes."""

    class State(models.TextChoices):
        PENDING = "pending", _("En attente")
        ACCEPTED = "accepted", _("Acceptée")
        REFUSED = "refused", _("Refusée")

    student = OwnedForeignKey(Student, models.CASCADE, related_name="exit_requests", db_index=False)
    regime = OwnedForeignKey(ExitRegime, models.PROTECT, related_name="requests", db_index=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    asked_by_id = models.BigIntegerField()
    asked_by_name = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    answered_by_name = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "student"], name="one_exit_request_a_student"),)
        indexes = (
            models.Index(fields=["establishment", "regime"], name="exit_request_by_regime"),
            models.Index(fields=["establishment", "state"], name="exit_request_by_state"),
        )

    def __str__(self) -> str:
        return f"{self.student_id} {self.state}"
