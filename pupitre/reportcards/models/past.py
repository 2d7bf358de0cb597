from django.db import models
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Student
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.reportcards.models.texts import MOST_SYNTHESIS


class PastCard(EstablishmentOwned):
    """A bulletin that another tool gave for a period, as its export tells it; never mixed with those that are made here.

    `year` is the first calendar year; neither the year nor the period need be known here: a student may have been elsewhere.
    Families see it from `published_at` on, as any bulletin.
    """

    class Period(models.TextChoices):
        FIRST_TERM = "T1", _("Premier trimestre")
        SECOND_TERM = "T2", _("Deuxième trimestre")
        THIRD_TERM = "T3", _("Troisième trimestre")
        FIRST_HALF = "S1", _("Premier semestre")
        SECOND_HALF = "S2", _("Second semestre")
        YEAR = "A", _("Année entière")

    student = OwnedForeignKey(Student, models.PROTECT, related_name="past_cards", db_index=False)
    year = models.PositiveSmallIntegerField()
    period = models.CharField(max_length=2, choices=Period.choices)
    # As the file names it; nothing when it does not.
    division = models.CharField(max_length=60, blank=True)
    # The tool that gave it: « PRONOTE ».
    origin = models.CharField(max_length=40)
    published_at = models.DateTimeField()
    taken_at = models.DateTimeField()
    taken_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["establishment", "student", "year", "period"], name="one_past_card_a_period"
            ),
        )

    def __str__(self) -> str:
        return f"{self.student_id} {self.year} {self.period}"

    @property
    def school_year(self) -> str:
        """« 2025-2026 »."""
        return f"{self.year}-{self.year + 1}"


class PastResult(EstablishmentOwned):
    """A subject on such a bulletin. Averages are out of twenty, or a word (« Abs », « Disp »), as the other tool wrote them."""

    card = OwnedForeignKey(PastCard, models.CASCADE, related_name="results", db_index=False)
    subject = models.CharField(max_length=80)
    teacher = models.CharField(max_length=80, blank=True)
    value = models.CharField(max_length=8, blank=True)
    class_value = models.CharField(max_length=8, blank=True)
    text = models.CharField(max_length=MOST_SYNTHESIS, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "card", "subject"], name="one_past_result"),)

    def __str__(self) -> str:
        return f"{self.subject} {self.value}"


class PastWhole(EstablishmentOwned):
    """What such a bulletin says of the student as a whole. Numbers are None when the other tool did not tell them."""

    card = OwnedForeignKey(PastCard, models.CASCADE, related_name="wholes", db_index=False)
    value = models.CharField(max_length=8, blank=True)
    class_value = models.CharField(max_length=8, blank=True)
    text = models.CharField(max_length=MOST_SYNTHESIS, blank=True)
    mention = models.CharField(max_length=80, blank=True)
    half_days = models.PositiveSmallIntegerField(null=True)
    unjustified = models.PositiveSmallIntegerField(null=True)
    lates = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "card"], name="one_past_whole"),)

    def __str__(self) -> str:
        return f"{self.card_id} {self.value}"
