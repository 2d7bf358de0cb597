"""How homes are arranged: by the school for a profile, by a person for themself."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Person
from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import EstablishmentOwned


class Window(models.TextChoices):
    """How far back a block that tells the past goes (POR-6)."""

    LATEST = "", _("les plus récents")
    VISIT = "visit", _("depuis ma dernière visite")
    WEEK = "7", _("les 7 derniers jours")
    FORTNIGHT = "14", _("les 14 derniers jours")
    MONTH = "30", _("les 30 derniers jours")


def _blocks() -> "ArrayField[list[str], list[str]]":
    """Names of `blocks.Block`; no choices, so that a block that is added asks for no migration."""
    return ArrayField(models.CharField(max_length=20), default=list)


class SchoolLayout(EstablishmentOwned):
    """How a school arranges the home of one profile: the order of its blocks, those left out, those it imposes."""

    profile = models.CharField(max_length=20, choices=Profile.choices)
    blocks = _blocks()
    hidden = _blocks()
    locked = _blocks()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "profile"], name="one_school_layout"),
            models.CheckConstraint(condition=~Q(hidden__overlap=F("locked")), name="imposed_blocks_are_shown"),
        )

    def __str__(self) -> str:
        return f"{self.profile} in {self.establishment_id}"


class PersonLayout(models.Model):
    """How a person arranges their home as one profile, in every school. Preferences belong to the person.

    Without `blocks`, the arrangement of the school is followed.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    profile = models.CharField(max_length=20, choices=Profile.choices)
    blocks = _blocks()
    hidden = _blocks()
    imports_window = models.CharField(max_length=5, choices=Window.choices, blank=True)
    # The last two days this home was opened; kept only while « since my last visit » is chosen.
    visited_on = models.DateField(null=True)
    previous_visit_on = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "profile"], name="one_person_layout"),)

    def __str__(self) -> str:
        return f"{self.person_id} as {self.profile}"
