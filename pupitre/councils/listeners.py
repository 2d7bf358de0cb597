"""What the room does when it hears news from the directory."""

from pupitre.councils.models import Member, OrientationProposal, Sitting, SittingVersion
from pupitre.directory.events import PeopleMerged
from pupitre.directory.handing_over import hand_over
from pupitre.establishments.scope import scope
from pupitre.foundation.events import follow


@follow(PeopleMerged)
def move_seats(event: PeopleMerged) -> None:
    """Seats, and what was written, go on for the record that stays."""
    for establishment_id in event.establishments:
        with scope(establishment_id):
            hand_over(Member.objects.all(), "person_id", event, unlike=["sitting_id"])
            for rows in (Sitting, SittingVersion, OrientationProposal):
                rows.objects.filter(written_by_id=event.absorbed_id).update(written_by_id=event.keep_id)
