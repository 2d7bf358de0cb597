from django.db.models import Q

from pupitre.foundation.access import EVERYONE, NOBODY, policy
from pupitre.foundation.actor import Actor
from pupitre.integrations.takeover.models import RESULTS, TakeOver

MANAGE, MANAGE_RESULTS = "takeover.manage", "takeover.results"


@policy("takeover.manage_file", TakeOver)
def manage_file(actor: Actor) -> Q:
    """Files of absences: the office, the school-life office and the head, never those who only import people. Of marks and
    bulletins: the office and the head."""
    if not actor.has(MANAGE):
        return NOBODY
    return EVERYONE if actor.has(MANAGE_RESULTS) else ~Q(thing__in=RESULTS)
