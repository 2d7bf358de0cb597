from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey


class Establishment(models.Model):
    """A school. Reference data: it stands outside the wall, since it is what the wall separates."""

    class Kind(models.TextChoices):
        COLLEGE = "college", _("Collège")
        LYCEE = "lycee", _("Lycée")
        LYCEE_PRO = "lycee_pro", _("Lycée professionnel")
        LYCEE_AGRICOLE = "lycee_agricole", _("Lycée agricole")
        ECOLE = "ecole", _("École")

    uai = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60)
    town = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    academy = models.CharField(max_length=3, blank=True)
    zone = models.CharField(max_length=1, default="B")
    timezone = models.CharField(max_length=40, default="Europe/Paris")
    half_day_cut = models.TimeField(default="12:30")
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ("uai",)

    def __str__(self) -> str:
        return self.name


class SchoolYear(EstablishmentOwned):
    """A school year: `year` is its first calendar year (2026 for 2026-2027)."""

    year = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    # Monday of the first week: bit 0 of the week masks of the timetable.
    first_monday = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "year"], name="one_school_year"),
            models.CheckConstraint(condition=Q(ends_on__gt=models.F("starts_on")), name="school_year_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.year}-{self.year + 1}"


class Term(EstablishmentOwned):
    """A marking period (trimestre, semestre)."""

    school_year = OwnedForeignKey(SchoolYear, models.CASCADE, related_name="terms")
    code = models.CharField(max_length=3)
    label = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "school_year", "code"], name="one_term_a_code"),
        )

    def __str__(self) -> str:
        return self.label


class Closure(EstablishmentOwned):
    """Days without lessons (vacances, jour férié, pont), both ends included."""

    label = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "starts_on", "ends_on"], name="one_closure"),)

    def __str__(self) -> str:
        return self.label
