from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Student
from pupitre.discipline.models.incidents import Incident
from pupitre.discipline.scale import MOST_DAYS, MOST_HOURS, SUSPENDABLE, Kind
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey


class RegisterEntry(EstablishmentOwned):
    """A line of the register of sanctions (registre des sanctions): the facts and the measure, nobody's name.

    Nothing in it leads to a student. Kept when the sanction leaves the student's file.
    """

    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    decided_on = models.DateField()
    by_council = models.BooleanField()
    kind = models.CharField(max_length=18, choices=Kind.choices)
    # « 3 jours, avec sursis »
    measure = models.CharField(max_length=120, blank=True)
    facts = models.CharField(max_length=600)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "year", "number"], name="one_line_a_number"),)

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"


class Sanction(EstablishmentOwned):
    """A disciplinary sanction (R511-13), in the student's file until the day it is erased: the row is then deleted.

    What is erased is the sanction: the incident keeps the facts, the register a line without a name.
    """

    class Service(models.TextChoices):
        SCHOOL = "school", _("de l’établissement")
        CANTEEN = "canteen", _("de la demi-pension")
        BOARDING = "boarding", _("de l’internat")

    student = OwnedForeignKey(Student, models.PROTECT, related_name="sanctions", db_index=False)
    incident = OwnedForeignKey(Incident, models.PROTECT, null=True, related_name="sanctions", db_index=False)
    line = OwnedForeignKey(RegisterEntry, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=18, choices=Kind.choices)
    motive = models.CharField(max_length=600)
    by_council = models.BooleanField(default=False)
    # The day the student was told the facts and how to answer them.
    heard_on = models.DateField()
    decided_on = models.DateField()
    # The conseil de discipline: when the student and the family were summoned, and who sat; empty when the head decided alone.
    summoned_on = models.DateField(null=True)
    council_members = models.CharField(max_length=600, blank=True)
    # The written notification to the family: delays of appeal run from it.
    notified_on = models.DateField(null=True)
    decided_by_id = models.BigIntegerField()
    decided_by_name = models.CharField(max_length=120)
    noted_at = models.DateTimeField()
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    days = models.PositiveSmallIntegerField(null=True)
    hours = models.PositiveSmallIntegerField(null=True)
    # What is to be done, and where, for a mesure de responsabilisation.
    activity = models.CharField(max_length=300, blank=True)
    service = models.CharField(max_length=8, choices=Service.choices, default=Service.SCHOOL)
    suspended_until_on = models.DateField(null=True)
    revoked_on = models.DateField(null=True)
    # None: an expulsion written before it had a day; the job of the night gives it one.
    erases_on = models.DateField(null=True)
    erasure_asked_at = models.DateTimeField(null=True)
    erasure_asked_by = models.CharField(max_length=120, blank=True)
    erasure_asked_why = models.CharField(max_length=300, blank=True)
    erasure_refused_at = models.DateTimeField(null=True)
    erasure_refusal = models.CharField(max_length=300, blank=True)
    # Entries of attendance that show the exclusion in registers.
    entry_ids = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(days=None) | Q(days__gte=1, days__lte=MOST_DAYS), name="exclusion_eight_days_at_most"
            ),
            models.CheckConstraint(
                condition=Q(hours=None) | Q(hours__gte=1, hours__lte=MOST_HOURS), name="measure_twenty_hours_at_most"
            ),
            models.CheckConstraint(condition=~Q(kind="expulsion") | Q(by_council=True), name="only_the_council_expels"),
            models.CheckConstraint(
                condition=Q(suspended_until_on=None) | Q(kind__in=sorted(SUSPENDABLE)), name="what_may_be_suspended"
            ),
        )
        indexes = (
            models.Index(fields=["establishment", "student"], name="sanction_by_student"),
            models.Index(fields=["establishment", "incident"], name="sanction_by_incident"),
            models.Index(fields=["establishment", "line"], name="sanction_by_line"),
            models.Index(fields=["establishment", "erases_on"], name="sanction_by_erasure"),
        )

    def __str__(self) -> str:
        return f"{self.student_id} {self.kind} {self.decided_on}"


class ErasureRule(EstablishmentOwned):
    """How long a kind of sanction stays in the file, for what is decided from a day on. Never changed: another one follows.

    Without a row the national ones of `erasure.py` apply; a row of the school, later than they are, takes their place.
    """

    kind = models.CharField(max_length=18, choices=Kind.choices)
    applies_from_on = models.DateField()
    years = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    author_name = models.CharField(max_length=120)
    written_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "kind", "applies_from_on"], name="one_delay_a_day"),
            models.CheckConstraint(condition=Q(years__lte=5), name="delay_five_years_at_most"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.applies_from_on}"
