"""Facts of the room: what happens and when, for whom, who takes part and what they answered.

Who wrote something is kept as a plain number of a person and the name they bore: it outlives the role that they held.
"""

from pupitre.agenda.models.calendars import AgendaFeed, ImportedCalendar
from pupitre.agenda.models.events import Event, EventAudience, Occurrence
from pupitre.agenda.models.meetings import Meeting
from pupitre.agenda.models.outings import Outing
from pupitre.agenda.models.participants import Consent, Participant

__all__ = [
    "AgendaFeed",
    "Consent",
    "Event",
    "EventAudience",
    "ImportedCalendar",
    "Meeting",
    "Occurrence",
    "Outing",
    "Participant",
]
