"""What this room does when two records become one person."""

from pupitre.directory.events import PeopleMerged
from pupitre.directory.handing_over import hand_over
from pupitre.establishments.scope import scope
from pupitre.foundation.events import follow
from pupitre.integrations.moodle.models import Account, Change


@follow(PeopleMerged)
def join_accounts(event: PeopleMerged) -> None:
    """The kept record keeps its account; the other one is no account of ours any more, nor is it suspended by us."""
    for establishment_id in event.establishments:
        with scope(establishment_id):
            hand_over(Account.objects.all(), "person_id", event, unlike=("site_id",))
            hand_over(Change.objects.all(), "person_id", event)
