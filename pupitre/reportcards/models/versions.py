from django.db import models
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Group
from pupitre.establishments.models import Term
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.reportcards.models.cards import ReportCard


class ReportVersion(EstablishmentOwned):
    """A bulletin as it was given: its facts, frozen, and its PDF, kept by the files room. It never changes.

    `content` is a `document.Bulletin`, half-days and latenesses included; `sha256` is the hash of the PDF. A bulletin that is
    published again gets the next number; those that families had stay. Families read it from `seen_at` on (none: with its card).
    """

    card = OwnedForeignKey(ReportCard, models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "card", "number"], name="one_version_a_number"),
        )

    def __str__(self) -> str:
        return f"{self.card_id} v{self.number}"


class PrintRun(EstablishmentOwned):
    """The bulletins of a class, or of the whole school, being published by a job: how far it is, and what it left aside."""

    class State(models.TextChoices):
        WAITING = "waiting", _("En attente")
        RUNNING = "running", _("En cours")
        DONE = "done", _("Terminé")
        CANCELLED = "cancelled", _("Arrêté")
        FAILED = "failed", _("Interrompu")

    term = OwnedForeignKey(Term, models.PROTECT, related_name="+", db_index=False)
    # Nothing: every class of the school.
    division = OwnedForeignKey(Group, models.PROTECT, null=True, related_name="+", db_index=False)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    # Students whose bulletin is as the last version has it: nothing new is made.
    same = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    asked_by_id = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["establishment", "division", "term"], name="print_run_by_class"),
            models.Index(fields=["establishment", "term"], name="print_run_by_term"),
        )

    def __str__(self) -> str:
        return f"{self.term_id} {self.state} {self.done}/{self.total}"
