from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Group
from pupitre.establishments.models import Term
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey

LONGEST_SUMMARY, LONGEST_MINUTES = 1500, 10_000


class Sitting(EstablishmentOwned):
    """The council of a class in a term, made at the first gesture. Its day, its place and its convocation are the agenda's.

    `summary` is about the class alone and is what delegates read once it is published; `minutes` are for who works here.
    """

    class State(models.TextChoices):
        PREPARED = "prepared", _("En préparation")
        OPEN = "open", _("En cours")
        CLOSED = "closed", _("Terminé")

    term = OwnedForeignKey(Term, models.PROTECT, related_name="+", db_index=False)
    division = OwnedForeignKey(Group, models.PROTECT, related_name="sittings", db_index=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PREPARED)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    summary = models.CharField(max_length=LONGEST_SUMMARY, blank=True)
    minutes = models.CharField(max_length=LONGEST_MINUTES, blank=True)
    version = models.PositiveIntegerField(default=0)
    written_by_id = models.BigIntegerField(null=True)
    written_by_name = models.CharField(max_length=120, blank=True)
    written_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    reminded_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "term", "division"], name="one_sitting_a_class"),
            models.CheckConstraint(
                condition=Q(state="prepared") | Q(opened_at__isnull=False), name="sitting_was_opened"
            ),
            models.CheckConstraint(condition=Q(published_at=None) | ~Q(summary=""), name="published_in_words"),
        )
        indexes = (models.Index(fields=["establishment", "division"], name="sitting_by_division"),)

    def __str__(self) -> str:
        return f"{self.division_id} in {self.term_id}"


class SittingVersion(EstablishmentOwned):
    """Every text of a sitting that was written; `is_kept` is false for what met another hand's and was put aside."""

    sitting = OwnedForeignKey(Sitting, models.CASCADE, related_name="versions", db_index=False)
    summary = models.CharField(max_length=LONGEST_SUMMARY, blank=True)
    minutes = models.CharField(max_length=LONGEST_MINUTES, blank=True)
    version = models.PositiveIntegerField()
    written_by_id = models.BigIntegerField(null=True)
    written_at = models.DateTimeField()
    is_kept = models.BooleanField(default=True)

    class Meta:
        indexes = (models.Index(fields=["establishment", "sitting"], name="sitting_version_by_sitting"),)

    def __str__(self) -> str:
        return f"{self.sitting_id} v{self.version}"
