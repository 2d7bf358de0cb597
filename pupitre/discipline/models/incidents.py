from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Student
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey

COUNTED_FROM = 3
"""The gravity from which an incident counts in alerts: the first two levels do not (ATT-36)."""


class Partner(models.TextChoices):
    """Whom the school told outside."""

    ACADEMY = "academy", _("Rectorat ou DASEN")
    POLICE = "police", _("Police ou gendarmerie")
    PROSECUTOR = "prosecutor", _("Procureur de la République")
    CHILD_WELFARE = "child_welfare", _("Cellule de recueil des informations préoccupantes")
    HEALTH = "health", _("Secours ou santé")
    COUNCIL = "council", _("Collectivité")


class Incident(EstablishmentOwned):
    """Something that happened (incident): where, when, how grave, and what is done about it.

    `facts` are for the school: they may name people. Families never read them; they read `family_text`, written for them.
    """

    class Kind(models.TextChoices):
        DISRUPTION = "disruption", _("Perturbation d’un cours ou de la vie de l’établissement")
        INSOLENCE = "insolence", _("Insolence, refus d’obéir")
        VERBAL = "verbal", _("Violence verbale, injure, menace")
        PHYSICAL = "physical", _("Violence physique")
        HARASSMENT = "harassment", _("Harcèlement, cyberharcèlement")
        DISCRIMINATION = "discrimination", _("Propos ou acte discriminatoire")
        SEXUAL = "sexual", _("Violence sexuelle ou sexiste")
        DAMAGE = "damage", _("Dégradation")
        THEFT = "theft", _("Vol, racket")
        OBJECT = "object", _("Objet dangereux ou interdit")
        DRUGS = "drugs", _("Tabac, alcool, stupéfiants")
        SECULARISM = "secularism", _("Atteinte à la laïcité")
        INTRUSION = "intrusion", _("Intrusion, sortie sans autorisation")
        OTHER = "other", _("Autre")

    class Gravity(models.IntegerChoices):
        ONE = 1, _("1 – sans gravité")
        TWO = 2, _("2 – peu grave")
        THREE = 3, _("3 – assez grave")
        FOUR = 4, _("4 – grave")
        FIVE = 5, _("5 – très grave")

    happened_on = models.DateField()
    happened_at = models.TimeField(null=True)
    place = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    gravity = models.PositiveSmallIntegerField(choices=Gravity.choices)
    facts = models.CharField(max_length=2000)
    family_text = models.CharField(max_length=600, blank=True)
    published_at = models.DateTimeField(null=True)
    partners = ArrayField(models.CharField(max_length=14, choices=Partner.choices), default=list)
    follow_up = models.CharField(max_length=1000, blank=True)
    follow_up_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    author_id = models.BigIntegerField()
    author_name = models.CharField(max_length=120)
    reported_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(gravity__gte=1, gravity__lte=5), name="gravity_one_to_five"),
            # What families are shown was written for them.
            models.CheckConstraint(condition=Q(published_at=None) | ~Q(family_text=""), name="shown_in_own_words"),
        )
        indexes = (models.Index(fields=["establishment", "happened_on"], name="incident_by_day"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_on}"


class IncidentPerson(EstablishmentOwned):
    """Somebody's part in an incident: a student of the school, or another person by name."""

    class Role(models.TextChoices):
        OFFENDER = "offender", _("Fautif")
        VICTIM = "victim", _("Victime")
        WITNESS = "witness", _("Témoin")

    incident = OwnedForeignKey(Incident, models.CASCADE, related_name="people", db_index=False)
    student = OwnedForeignKey(Student, models.PROTECT, null=True, related_name="incident_parts", db_index=False)
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=8, choices=Role.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["establishment", "incident", "student"],
                condition=Q(student__isnull=False),
                name="one_part_an_incident",
            ),
            models.CheckConstraint(condition=Q(student__isnull=False) | ~Q(name=""), name="somebody_in_particular"),
        )
        indexes = (
            models.Index(fields=["establishment", "incident"], name="part_by_incident"),
            models.Index(fields=["establishment", "student"], name="part_by_student"),
        )

    def __str__(self) -> str:
        return f"{self.incident_id} {self.role}"
