"""What the timetable does when it hears news from the directory."""

from pupitre.directory.events import PeopleMerged
from pupitre.directory.handing_over import hand_over
from pupitre.establishments.scope import scope
from pupitre.foundation.events import follow
from pupitre.timetable.models import CalendarFeed


@follow(PeopleMerged)
def move_feeds(event: PeopleMerged) -> None:
    """The addresses that calendars read go on, for the record that stays."""
    for establishment_id in event.establishments:
        with scope(establishment_id):
            hand_over(CalendarFeed.objects.all(), "reader_id", event, unlike=["student_id"])
            hand_over(CalendarFeed.objects.all(), "student_id", event, unlike=["reader_id"])
