from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pupitre.attendance.models import RollCall
from pupitre.directory.models import Student
from pupitre.discipline.models.incidents import Incident
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey


class Punishment(EstablishmentOwned):
    """What a member of the staff asks of one student for a minor fault (punition scolaire). Never of a whole class.

    `motive` is objective and short, and the family reads it; `report` is the written report of an exclusion from a lesson:
    the school-life office and the head read it, families do not.
    """

    class Kind(models.TextChoices):
        EXCUSE = "excuse", _("Excuses, orales ou écrites")
        EXTRA_WORK = "extra_work", _("Travail supplémentaire")
        DETENTION = "detention", _("Retenue")
        LESSON_EXCLUSION = "lesson_exclusion", _("Exclusion d’un cours")

    class State(models.TextChoices):
        TO_DO = "to_do", _("À faire")
        DONE = "done", _("Faite")
        NOT_DONE = "not_done", _("Non faite")
        CANCELLED = "cancelled", _("Annulée")

    student = OwnedForeignKey(Student, models.PROTECT, related_name="punishments", db_index=False)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.TO_DO)
    happened_on = models.DateField()
    motive = models.CharField(max_length=300)
    # What is to be done: the work of a detention, what to copy out… never lines.
    task = models.CharField(max_length=600, blank=True)
    due_on = models.DateField(null=True)
    report = models.CharField(max_length=2000, blank=True)
    # The register in which the student was marked as sent out.
    roll_call = OwnedForeignKey(RollCall, models.PROTECT, null=True, related_name="+", db_index=False)
    incident = OwnedForeignKey(Incident, models.PROTECT, null=True, related_name="punishments", db_index=False)
    author_id = models.BigIntegerField()
    author_name = models.CharField(max_length=120)
    given_at = models.DateTimeField()
    # When the family could first read it; never for what the author has not shown yet.
    shown_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(kind="lesson_exclusion") | ~Q(report=""), name="exclusion_has_its_report"
            ),
        )
        indexes = (
            models.Index(fields=["establishment", "student", "happened_on"], name="punishment_by_student"),
            models.Index(fields=["establishment", "state", "happened_on"], name="punishment_by_state"),
            models.Index(fields=["establishment", "author_id"], name="punishment_by_author"),
            models.Index(fields=["establishment", "incident"], name="punishment_by_incident"),
            models.Index(fields=["establishment", "roll_call"], name="punishment_by_register"),
        )

    def __str__(self) -> str:
        return f"{self.student_id} {self.kind} {self.happened_on}"
