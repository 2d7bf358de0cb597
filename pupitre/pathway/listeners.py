"""What notes do when they hear from the directory."""

from pupitre.directory.events import PeopleMerged
from pupitre.directory.handing_over import hand_over
from pupitre.establishments.scope import scope
from pupitre.foundation.events import follow
from pupitre.pathway.models import FollowUpNote


@follow(PeopleMerged)
def move_notes(event: PeopleMerged) -> None:
    """Notes stay with the record that stays."""
    for establishment_id in event.establishments:
        with scope(establishment_id):
            hand_over(FollowUpNote.objects.all(), "author_id", event)
