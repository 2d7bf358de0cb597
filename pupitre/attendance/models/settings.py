import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from pupitre.attendance.half_days import Method
from pupitre.establishments.scope import EstablishmentOwned


class AbsenceReason(EstablishmentOwned):
    """A reason for an absence (motif), with what it changes. Once used it can be hidden, never deleted nor reworded."""

    class Family(models.TextChoices):
        """The legitimate motives of the law (Code de l’éducation, L131-8), and the others."""

        ILLNESS = "illness", _("Maladie de l’enfant")
        CONTAGION = "contagion", _("Maladie transmissible dans la famille")
        GATHERING = "gathering", _("Réunion solennelle de famille")
        TRANSPORT = "transport", _("Difficulté accidentelle de communication")
        GUARDIANS_AWAY = "guardians_away", _("Absence temporaire des responsables")
        OTHER = "other", _("Autre motif, apprécié par l’établissement")

    code = models.CharField(max_length=30)
    label = models.CharField(max_length=80)
    # « médecin, dentiste, orthodontiste… », under the label on a family's page.
    hint = models.CharField(max_length=80, blank=True)
    family = models.CharField(max_length=14, choices=Family.choices, default=Family.OTHER)
    is_receivable = models.BooleanField(default=True)
    needs_document = models.BooleanField(default=False)
    settles = models.BooleanField(default=False)
    # False: the school answers for it (infirmary, outing, exclusion inside); it makes no half-day.
    counts = models.BooleanField(default=True)
    raises_alerts = models.BooleanField(default=True)
    # Only the office and the family read it: teachers read that a reason is known.
    is_health = models.BooleanField(default=False)
    shown_to_families = models.BooleanField(default=True)
    usable_by_families = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "code"], name="one_reason_a_code"),)

    def __str__(self) -> str:
        return self.label


class AttendanceRules(EstablishmentOwned):
    """What a school chose; without a row, the values below."""

    METHODS = (
        (Method.BY_LESSON.value, _("Par cours manqués (conseillé)")),
        (Method.GROSS.value, _("Brut : toute absence compte la demi-journée")),
        (Method.COMPUTED.value, _("Calculé : part de la demi-journée")),
    )

    method = models.CharField(max_length=10, choices=METHODS, default=Method.BY_LESSON.value)
    day_opens_at = models.TimeField(default=dt.time(8))
    afternoon_opens_at = models.TimeField(default=dt.time(13, 30))
    day_closes_at = models.TimeField(default=dt.time(17, 30))
    late_becomes_absence_minutes = models.PositiveSmallIntegerField(default=30)
    # A student away the lesson before, in the same half-day, is shown away.
    carries_absence = models.BooleanField(default=True)
    # A lesson of about two hours or more has a register an hour, from this day on.
    splits_long_from_on = models.DateField(null=True)
    # Time to mend a mistake before a family is told; never more than a quarter of an hour.
    tell_after_minutes = models.PositiveSmallIntegerField(default=10)
    assistants_decide = models.BooleanField(default=False)
    adults_answer = models.BooleanField(default=True)
    # Families ask for an exit regime online; the office answers.
    families_choose_exit = models.BooleanField(default=False)
    first_threshold = models.PositiveSmallIntegerField(default=4)
    second_threshold = models.PositiveSmallIntegerField(default=10)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment"], name="one_set_of_rules"),
            models.CheckConstraint(condition=models.Q(tell_after_minutes__lte=15), name="told_within_a_quarter"),
        )

    def __str__(self) -> str:
        return f"rules of {self.establishment_id}"
