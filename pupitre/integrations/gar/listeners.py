"""What the room does when two records become one person."""

from pupitre.directory.events import PeopleMerged
from pupitre.directory.handing_over import hand_over
from pupitre.establishments.scope import scope
from pupitre.foundation.events import follow
from pupitre.integrations.gar.models import Assigner, Favourite, ReportLine, Telling


@follow(PeopleMerged)
def hand_over_what_is_theirs(event: PeopleMerged) -> None:
    """The kept record assigns where either did, keeps both lists of favourites, and what was told and said of both."""
    for establishment_id in event.establishments:
        with scope(establishment_id):
            hand_over(Assigner.objects.all(), "person_id", event, unlike=("establishment_id",))
            hand_over(Favourite.objects.all(), "person_id", event, unlike=("establishment_id", "key"))
            hand_over(ReportLine.objects.all(), "person_id", event)
            hand_over(Telling.objects.all(), "person_id", event, unlike=("establishment_id",))
