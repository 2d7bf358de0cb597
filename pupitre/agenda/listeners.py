"""What the calendar does when it hears news from the directory."""

from pupitre.agenda.models import AgendaFeed, Consent, Event, ImportedCalendar, Participant
from pupitre.directory.events import PeopleMerged
from pupitre.directory.handing_over import hand_over
from pupitre.establishments.scope import scope
from pupitre.foundation.events import follow


@follow(PeopleMerged)
def move_parts(event: PeopleMerged) -> None:
    """What was written, answered and followed goes on, for the record that stays."""
    for establishment_id in event.establishments:
        with scope(establishment_id):
            Event.objects.filter(author_id=event.absorbed_id).update(author_id=event.keep_id)
            hand_over(Participant.objects.all(), "person_id", event, unlike=["event_id"])
            hand_over(Consent.objects.all(), "guardian_id", event, unlike=["participant_id"])
            hand_over(AgendaFeed.objects.all(), "reader_id", event, unlike=["establishment_id"])
            hand_over(ImportedCalendar.objects.all(), "owner_id", event, unlike=["name"])
