"""What the room does when it hears from the directory."""

from pupitre.directory.events import PeopleMerged
from pupitre.directory.handing_over import hand_over
from pupitre.establishments.scope import scope
from pupitre.foundation.events import follow
from pupitre.reportcards.models import Acknowledgement


@follow(PeopleMerged)
def move_acknowledgements(event: PeopleMerged) -> None:
    """What a guardian acknowledged goes with the record that stays."""
    for establishment_id in event.establishments:
        with scope(establishment_id):
            hand_over(Acknowledgement.objects.all(), "guardian_id", event, unlike=("card_id",))
