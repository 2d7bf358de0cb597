from django.db.models import Q

from pupitre.foundation.access import EVERYONE, NOBODY, policy
from pupitre.foundation.actor import Actor
from pupitre.portal.models import SchoolLayout


@policy("portal.manage_school_layout", SchoolLayout)
def manage_school_layout(actor: Actor) -> Q:
    """Arrange the homes of the open school: the head and the digital referent."""
    return EVERYONE if actor.has("portal.manage_layout") else NOBODY
