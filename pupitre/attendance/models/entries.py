from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pupitre.attendance.models.cases import AbsenceCase
from pupitre.attendance.models.registers import RollCall
from pupitre.directory.models import Student
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey


class AbsenceEntry(EstablishmentOwned):
    """What somebody saw or knew of one student on one day (saisie); the office decides elsewhere. Never deleted.

    `counts` says whether it may make a half-day: not what the school answers for, nor a lateness. A departure is away
    from its hour on.
    """

    class Kind(models.TextChoices):
        ABSENCE = "absence", _("Absence")
        LATENESS = "lateness", _("Retard")
        DEPARTURE = "departure", _("Départ")
        INFIRMARY = "infirmary", _("Infirmerie")
        EXCLUSION = "exclusion", _("Exclusion")
        EXEMPTION = "exemption", _("Dispense")
        OUTING = "outing", _("Sortie ou stage")

    class Origin(models.TextChoices):
        REGISTER = "register", _("Appel")
        OFFICE = "office", _("Vie scolaire")
        FAMILY = "family", _("Famille")
        TAKEN_OVER = "taken_over", _("Ancien outil")

    student = OwnedForeignKey(Student, models.PROTECT, related_name="absence_entries", db_index=False)
    case = OwnedForeignKey(AbsenceCase, models.PROTECT, null=True, related_name="entries", db_index=False)
    roll_call = OwnedForeignKey(RollCall, models.PROTECT, null=True, related_name="entries", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    away_on = models.DateField()
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    origin = models.CharField(max_length=10, choices=Origin.choices)
    counts = models.BooleanField(default=True)
    place = models.CharField(max_length=60, blank=True)
    comment = models.CharField(max_length=300, blank=True)
    # The outing of the agenda that it comes from; no link, so that it stays when the outing is deleted.
    outing_id = models.BigIntegerField(null=True)
    # The work placement of the timetable that it comes from, in the same way.
    placement_id = models.BigIntegerField(null=True)
    author_id = models.BigIntegerField(null=True)
    noted_at = models.DateTimeField()
    # Set instead of deleting: « corrected », « mistake ».
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by_id = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["establishment", "roll_call", "student"],
                condition=Q(cancelled_at=None, roll_call__isnull=False),
                name="one_entry_a_register",
            ),
        )
        indexes = (
            models.Index(fields=["establishment", "student", "away_on"], name="entry_by_student"),
            models.Index(fields=["establishment", "away_on"], name="entry_by_day"),
            models.Index(fields=["establishment", "case"], name="entry_by_case"),
            models.Index(fields=["establishment", "roll_call"], name="entry_by_register"),
            models.Index(
                fields=["establishment", "placement_id"],
                name="entry_by_placement",
                condition=Q(placement_id__isnull=False),
            ),
            models.Index(
                fields=["establishment", "outing_id"], name="entry_by_outing", condition=Q(outing_id__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.student_id} {self.kind} {self.away_on} {self.starts_at:%H:%M}"


class PastVersion(EstablishmentOwned):
    """What a mark or an entry said before it was changed: nothing that was noted is lost."""

    table = models.CharField(max_length=20)
    row_id = models.BigIntegerField()
    version = models.PositiveIntegerField()
    facts = models.JSONField()
    key = models.CharField(max_length=36, blank=True)
    replaced_by_id = models.BigIntegerField(null=True)
    replaced_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "table", "row_id", "version"], name="one_past_version"),
        )

    def __str__(self) -> str:
        return f"{self.table} {self.row_id} v{self.version}"
