from django.db import models

from pupitre.agenda.models.events import Event
from pupitre.directory.models import Group
from pupitre.establishments.models import Term
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey


class Meeting(EstablishmentOwned):
    """What a meeting or a class council (conseil de classe) adds to its event: what is on the list, and what was said.

    A council has its class, its term, and the day by which marks are to be entered. Minutes are read by others once they are
    published.
    """

    event = OwnedForeignKey(Event, models.CASCADE, related_name="meetings", db_index=False)
    group = OwnedForeignKey(Group, models.PROTECT, null=True, related_name="+", db_index=False)
    term = OwnedForeignKey(Term, models.PROTECT, null=True, related_name="+", db_index=False)
    topics = models.CharField(max_length=2000, blank=True)
    marks_due_on = models.DateField(null=True)
    marks_reminded_at = models.DateTimeField(null=True)
    convened_at = models.DateTimeField(null=True)
    minutes = models.CharField(max_length=10000, blank=True)
    minutes_by_name = models.CharField(max_length=120, blank=True)
    minutes_written_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "event"], name="one_meeting_an_event"),)
        indexes = (
            models.Index(fields=["establishment", "group"], name="meeting_by_group"),
            models.Index(fields=["establishment", "term"], name="meeting_by_term"),
        )

    def __str__(self) -> str:
        return f"meeting {self.event_id}"
