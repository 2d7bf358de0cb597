"""What a school opens of itself to an application, what each person lets it read, and the log of what was read."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from pupitre.directory.models import Person
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.integrations.services.models import Connector


class Opening(EstablishmentOwned):
    """The scopes that a school opens to a service. Without a row, none."""

    connector = OwnedForeignKey(Connector, models.CASCADE, related_name="+", db_index=False)
    scopes = ArrayField(models.CharField(max_length=40), default=list)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "connector"], name="one_opening_a_connector"),)

    def __str__(self) -> str:
        return f"{self.connector_id}: {' '.join(self.scopes)}"


class Access(EstablishmentOwned):
    """What somebody lets a service read in their name: `asked` of them, and `scopes`, what they agreed to."""

    connector = OwnedForeignKey(Connector, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    asked = ArrayField(models.CharField(max_length=40), default=list)
    scopes = ArrayField(models.CharField(max_length=40), default=list)
    agreed_at = models.DateTimeField()
    # Written once a day.
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "connector", "person"], name="one_access_a_person"),
        )

    def __str__(self) -> str:
        return f"{self.connector_id} for {self.person_id}: {' '.join(self.scopes)}"


class Reading(EstablishmentOwned):
    """A service read something about somebody, in the name of `reader`, on a day: one row, however often it came."""

    connector = OwnedForeignKey(Connector, models.CASCADE, related_name="+", db_index=False)
    reader = models.ForeignKey(Person, models.CASCADE, related_name="+")
    about = models.ForeignKey(Person, models.CASCADE, related_name="+")
    scope = models.CharField(max_length=40)
    read_on = models.DateField()
    first_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["establishment", "connector", "reader", "about", "scope", "read_on"], name="one_reading_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.connector_id} read {self.scope} of {self.about_id}"


class Pace(models.Model):
    """How often the tokens of one agreement were used in the minute that began at `began_at`. Outside the wall: it is counted
    before the school of a token is known, and names nobody."""

    family = models.CharField(max_length=40, unique=True)
    began_at = models.DateTimeField()
    calls = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.family}: {self.calls}"
