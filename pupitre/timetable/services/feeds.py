"""Opening and shutting the addresses that calendar applications read."""

from django.db import transaction

from pupitre.directory.models import Person
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.feed_keys import new_nonce
from pupitre.timetable.models import CalendarFeed


@transaction.atomic
def open_feed(*, student: Person | None, actor: Actor) -> CalendarFeed:
    """Open the address of a student's week, or of the lessons one teaches; the one that is open already stays as it is."""
    feed, is_new = CalendarFeed.objects.get_or_create(
        establishment_id=actor.establishment_id,
        reader_id=actor.person_id,
        student=student,
        defaults={"nonce": new_nonce(), "opened_at": clock.now()},
    )
    if is_new:
        audit.record(actor, "timetable.open_feed", feed)
    return feed


@transaction.atomic
def close_feed(*, feed: CalendarFeed, actor: Actor) -> None:
    """Shut an address for good: whoever knows it finds nothing there; the next one to be opened is another."""
    audit.record(actor, "timetable.close_feed", feed)
    feed.delete()
