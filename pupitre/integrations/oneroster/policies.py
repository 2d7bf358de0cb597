from django.db.models import Q

from pupitre.foundation.access import EVERYONE, NOBODY, policy
from pupitre.foundation.actor import Actor
from pupitre.integrations.oneroster.models import Receiver, RosterFile

MANAGE = "services.manage"
"""Whoever looks after the services of the school says which of them receive its classes."""


@policy("oneroster.manage_receiver", Receiver)
def manage_receiver(actor: Actor) -> Q:
    """The receivers of the school: whoever looks after its services."""
    return EVERYONE if actor.has(MANAGE) else NOBODY


@policy("oneroster.take_file", RosterFile)
def take_file(actor: Actor) -> Q:
    """The files of the school: whoever looks after its services."""
    return EVERYONE if actor.has(MANAGE) else NOBODY
