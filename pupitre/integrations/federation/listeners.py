"""What this room does when two records become one person."""

from pupitre.directory.events import PeopleMerged
from pupitre.directory.handing_over import hand_over
from pupitre.foundation.events import follow
from pupitre.integrations.federation.models import Link


@follow(PeopleMerged)
def join_links(event: PeopleMerged) -> None:
    """What opened the absorbed record opens the kept one."""
    hand_over(Link.objects.all(), "person_id", event)
