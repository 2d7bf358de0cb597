from django.db import models
from django.db.models import Q

from pupitre.directory.models import Group
from pupitre.establishments.models import Term
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey


class ClosedTerm(EstablishmentOwned):
    """A term closed for one class: its dossiers are locked, nothing more is entered in it. Reopened by the head, saying why."""

    term = OwnedForeignKey(Term, models.PROTECT, related_name="+", db_index=False)
    division = OwnedForeignKey(Group, models.PROTECT, related_name="+", db_index=False)
    closed_at = models.DateTimeField()
    closed_by_id = models.BigIntegerField(null=True)
    reopened_at = models.DateTimeField(null=True)
    reopened_by_id = models.BigIntegerField(null=True)
    reopened_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["establishment", "term", "division"], condition=Q(reopened_at=None), name="one_closing"
            ),
        )
        indexes = (
            models.Index(fields=["establishment", "division"], name="closing_by_division"),
            models.Index(fields=["establishment", "term"], name="closing_by_term"),
        )

    def __str__(self) -> str:
        return f"{self.term_id} {self.division_id}"
