"""What becomes of accesses when two records turn out to be one person."""

from pupitre.directory.events import PeopleMerged
from pupitre.directory.handing_over import hand_over
from pupitre.establishments.scope import scope
from pupitre.foundation.events import follow
from pupitre.integrations.api.models import Access, Reading


@follow(PeopleMerged)
def join_accesses(event: PeopleMerged) -> None:
    """The kept record keeps its own; the log of both becomes one."""
    for establishment_id in event.establishments:
        with scope(establishment_id):
            hand_over(Access.objects.all(), "person_id", event, unlike=("connector_id",))
            same = ("connector_id", "scope", "read_on")
            hand_over(Reading.objects.all(), "reader_id", event, unlike=(*same, "about_id"))
            hand_over(Reading.objects.all(), "about_id", event, unlike=(*same, "reader_id"))
