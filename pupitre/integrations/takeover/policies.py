from django.db.models import Q

from pupitre.foundation.access import EVERYONE, NOBODY, policy
from pupitre.foundation.actor import Actor
from pupitre.integrations.takeover.models import TakeOver

MANAGE = "takeover.manage"


@policy("takeover.manage_file", TakeOver)
def manage_file(actor: Actor) -> Q:
    """Files of absences are for the office, the school-life office and the head: never for those who only import people."""
    return EVERYONE if actor.has(MANAGE) else NOBODY
