"""What files do when they hear news from the directory."""

from pupitre.directory.events import PeopleMerged
from pupitre.directory.handing_over import hand_over
from pupitre.establishments.scope import scope
from pupitre.files.models import StoredFile, Upload
from pupitre.foundation.events import follow


@follow(PeopleMerged)
def move_files(event: PeopleMerged) -> None:
    """Files, and those still on their way, belong to the record that stays."""
    for establishment_id in event.establishments:
        with scope(establishment_id):
            hand_over(StoredFile.objects.all(), "owner_id", event)
            hand_over(Upload.objects.all(), "owner_id", event)
