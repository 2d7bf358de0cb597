from django.contrib.postgres.fields import ArrayField
from django.db import models

from pupitre.directory.models import Person
from pupitre.establishments.scope import EstablishmentOwned


class ImportedCalendar(EstablishmentOwned):
    """A calendar read from an iCalendar file: read again, what changed in the file changes here.

    `pending` holds what a file would change, until somebody applies it or another file is read.
    """

    name = models.CharField(max_length=80)
    owner = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    is_personal = models.BooleanField(default=True)
    # Tokens of `audiences.py`: for whom its events are.
    audience = ArrayField(models.CharField(max_length=40), default=list)
    pending = models.JSONField(null=True)
    pending_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "owner", "name"], name="one_calendar_a_name"),)
        indexes = (models.Index(fields=["owner"], name="calendar_by_owner"),)

    def __str__(self) -> str:
        return self.name


class AgendaFeed(EstablishmentOwned):
    """An address that a calendar application reads without signing in: what one person sees of this calendar.

    Removing the row shuts the address.
    """

    reader = models.ForeignKey(Person, models.CASCADE, related_name="+")
    # Half of the address; the other half is a signature that only the server can make.
    nonce = models.CharField(max_length=22)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "reader"], name="one_agenda_feed"),)

    def __str__(self) -> str:
        return f"{self.reader_id} reads"
