"""What the registry does when two records become one person."""

from pupitre.directory.events import PeopleMerged
from pupitre.directory.handing_over import hand_over
from pupitre.establishments.scope import scope
from pupitre.foundation.events import follow
from pupitre.integrations.services.models import Disclosure, OutsideCopy, Pseudonym


@follow(PeopleMerged)
def join_numbers(event: PeopleMerged) -> None:
    """The kept record keeps its numbers; services that only knew the other one go on knowing it."""
    hand_over(Pseudonym.objects.all(), "person_id", event, unlike=("service_id",))
    for establishment_id in event.establishments:
        with scope(establishment_id):
            hand_over(Disclosure.objects.all(), "person_id", event, unlike=("connector_id",))
            # What a tool said of one of the two records is asked again.
            OutsideCopy.objects.filter(person__in=[event.keep_id, event.absorbed_id]).delete()
