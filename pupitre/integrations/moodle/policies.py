from django.db.models import Q

from pupitre.foundation.access import EVERYONE, NOBODY, policy
from pupitre.foundation.actor import Actor
from pupitre.integrations.moodle.models import Report, Site

MANAGE = "services.manage"


@policy("moodle.manage_site", Site)
def manage_site(actor: Actor) -> Q:
    """A school's Moodle is looked after by whoever opens its services."""
    return EVERYONE if actor.has(MANAGE) else NOBODY


@policy("moodle.manage_report", Report)
def manage_report(actor: Actor) -> Q:
    """Reports name people: they are read by those who decide what becomes of them."""
    return EVERYONE if actor.has(MANAGE) else NOBODY
