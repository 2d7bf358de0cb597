from django.db.models import Q

from pupitre.foundation.access import EVERYONE, NOBODY, policy
from pupitre.foundation.actor import Actor
from pupitre.integrations.gar.models import Assigner, Favourite, ReportLine, SchoolDelivery

VIEW, ENROL = "gar.view", "gar.enrol"


@policy("gar.view_delivery", SchoolDelivery)
def view_delivery(actor: Actor) -> Q:
    """What was sent of the school: whoever looks after its tools."""
    return EVERYONE if actor.has(VIEW) else NOBODY


@policy("gar.view_report_line", ReportLine)
def view_report_line(actor: Actor) -> Q:
    """What the GAR refused of the school: whoever looks after its tools."""
    return EVERYONE if actor.has(VIEW) else NOBODY


@policy("gar.remove_assigner", Assigner)
def remove_assigner(actor: Actor) -> Q:
    """Those who assign resources are named, and removed, by the head."""
    return EVERYONE if actor.has(ENROL) else NOBODY


@policy("gar.change_favourite", Favourite)
def change_favourite(actor: Actor) -> Q:
    """One's own favourites."""
    return Q(person=actor.person_id)
