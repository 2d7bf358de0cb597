"""What bookings do when they hear from the directory."""

from pupitre.booking.models import Booking
from pupitre.directory.events import PeopleMerged
from pupitre.directory.handing_over import hand_over
from pupitre.establishments.scope import scope
from pupitre.foundation.events import follow


@follow(PeopleMerged)
def move_bookings(event: PeopleMerged) -> None:
    """Bookings go with the record that stays."""
    for establishment_id in event.establishments:
        with scope(establishment_id):
            hand_over(Booking.objects.all(), "booked_by_id", event)
