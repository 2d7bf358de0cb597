from django.db import models
from django.utils.translation import gettext_lazy as _

from pupitre.attendance.half_days import Standing
from pupitre.attendance.models.cases import HALVES, STANDINGS
from pupitre.directory.models import Student
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey


class CountedHalfDay(EstablishmentOwned):
    """A half-day in which something of a student counts, by the three rules of `half_days.py`: what everything reads.

    Recomputed in the transaction of whatever changes it, and whole every night.
    """

    student = OwnedForeignKey(Student, models.PROTECT, related_name="half_days", db_index=False)
    missed_on = models.DateField()
    half = models.CharField(max_length=2, choices=HALVES)
    gross = models.PositiveSmallIntegerField()
    by_lesson = models.PositiveSmallIntegerField()
    computed = models.DecimalField(max_digits=5, decimal_places=4)
    missed = models.PositiveSmallIntegerField()
    lessons = models.PositiveSmallIntegerField()
    is_full = models.BooleanField()
    standing = models.PositiveSmallIntegerField(choices=STANDINGS, default=Standing.UNJUSTIFIED.value)
    counted_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "student", "missed_on", "half"], name="one_half_day"),
        )
        indexes = (models.Index(fields=["establishment", "missed_on"], name="half_day_by_day"),)

    def __str__(self) -> str:
        return f"{self.student_id} {self.missed_on} {self.half}"


class NightlyRecount(EstablishmentOwned):
    """One night's check of every half-day of the year (ATT-22): how many, and those that were not as they should have been."""

    at = models.DateTimeField()
    checked = models.PositiveIntegerField()
    differences = models.PositiveIntegerField()
    # [student, day, half, standing before, standing after], None where there was no half-day; the first two hundred.
    rows = models.JSONField(default=list)

    class Meta:
        indexes = (models.Index(fields=["establishment", "-at"], name="recount_by_night"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.differences}"


class AbsenteeismAlert(EstablishmentOwned):
    """A threshold of the law reached by a student in a calendar month, and who follows it."""

    class Threshold(models.IntegerChoices):
        FIRST = 1, _("4 demi-journées sans motif recevable dans le mois")
        SECOND = 2, _("10 demi-journées complètes dans le mois")

    student = OwnedForeignKey(Student, models.PROTECT, related_name="absenteeism_alerts", db_index=False)
    # The first day of the month.
    month_on = models.DateField()
    threshold = models.PositiveSmallIntegerField(choices=Threshold.choices)
    raised_at = models.DateTimeField()
    # Set when half-days were justified since: the history stays.
    fallen_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    watched_by_id = models.BigIntegerField(null=True)
    watched_until_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["establishment", "student", "month_on", "threshold"], name="one_alert_a_month"
            ),
        )
        indexes = (models.Index(fields=["establishment", "month_on"], name="alert_by_month"),)

    def __str__(self) -> str:
        return f"{self.student_id} {self.month_on:%Y-%m} {self.threshold}"


class AlertStep(EstablishmentOwned):
    """One thing done about an alert, dated and signed."""

    class Kind(models.TextChoices):
        CALL = "call", _("Échange avec la famille")
        LETTER = "letter", _("Courrier aux responsables")
        TEAM = "team", _("Réunion de l’équipe éducative")
        REPORT = "report", _("Signalement au directeur académique")
        COMMISSION = "commission", _("Commission éducative")
        PROSECUTOR = "prosecutor", _("Saisine du procureur de la République")
        NOTE = "note", _("Note de suivi")

    alert = OwnedForeignKey(AbsenteeismAlert, models.CASCADE, related_name="steps", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    done_on = models.DateField()
    text = models.CharField(max_length=600, blank=True)
    author_id = models.BigIntegerField(null=True)
    author_name = models.CharField(max_length=200)
    written_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["establishment", "alert"], name="step_by_alert"),)

    def __str__(self) -> str:
        return f"{self.alert_id} {self.kind}"
