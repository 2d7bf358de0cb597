from django.db import models
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Student
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey


class Indicator(models.TextChoices):
    """What else the school watches beside the thresholds of the law (ATT-27), counted once a half-day."""

    ABSENCES = "absences", _("Absences sans motif accepté")
    LATENESS = "lateness", _("Retards")
    INFIRMARY = "infirmary", _("Passages à l’infirmerie")
    EXCLUSION = "exclusion", _("Exclusions de cours")
    INCIDENTS = "incidents", _("Incidents")
    NOTEBOOK = "notebook", _("Carnet oublié")
    MARKS = "marks", _("Notes en baisse")


class WatchRule(EstablishmentOwned):
    """From how many half-days in how many days a student is shown, and shown higher; without a row, the start values."""

    indicator = models.CharField(max_length=10, choices=Indicator.choices)
    first_level = models.PositiveSmallIntegerField()
    second_level = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField(default=30)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "indicator"], name="one_rule_an_indicator"),
            models.CheckConstraint(
                condition=models.Q(second_level__gte=models.F("first_level"), first_level__gte=1, days__gte=1),
                name="levels_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator} {self.first_level}/{self.second_level}"


class WatchReset(EstablishmentOwned):
    """Somebody looked at an alert and set it back to zero: what was counted until then counts no more. The history stays."""

    student = OwnedForeignKey(Student, models.PROTECT, related_name="watch_resets", db_index=False)
    indicator = models.CharField(max_length=10, choices=Indicator.choices)
    # Half-days until this day, included, are counted no more.
    until_on = models.DateField()
    count = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=300, blank=True)
    author_id = models.BigIntegerField(null=True)
    author_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["establishment", "student", "indicator"], name="reset_by_student"),)

    def __str__(self) -> str:
        return f"{self.student_id} {self.indicator} {self.until_on}"


START_VALUES: dict[str, tuple[int, int, int]] = {
    Indicator.ABSENCES: (5, 10, 30),
    Indicator.LATENESS: (3, 6, 30),
    Indicator.INFIRMARY: (3, 6, 30),
    Indicator.EXCLUSION: (2, 4, 30),
    Indicator.INCIDENTS: (3, 6, 90),
    Indicator.NOTEBOOK: (3, 6, 30),
    Indicator.MARKS: (2, 4, 60),
}
"""First level, second level, days: those of entcore for absences, latenesses, incidents and notebooks."""
