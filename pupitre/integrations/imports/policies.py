from django.db.models import Q

from pupitre.foundation.access import EVERYONE, NOBODY, policy
from pupitre.foundation.actor import Actor
from pupitre.integrations.imports.models import Correspondence, ImportJob


@policy("imports.view_job", ImportJob)
def view_job(actor: Actor) -> Q:
    """Imports of the open school, for those who may look at them (office, head, digital referent, academy)."""
    return EVERYONE if actor.has("imports.view") else NOBODY


@policy("imports.manage_job", ImportJob)
def manage_job(actor: Actor) -> Q:
    """Hand files over, decide, apply, undo: the office, the head, the digital referent."""
    return EVERYONE if actor.has("imports.manage") else NOBODY


@policy("imports.manage_correspondence", Correspondence)
def manage_correspondence(actor: Actor) -> Q:
    """What names of timetable software are here: said by whoever may import."""
    return EVERYONE if actor.has("imports.manage") else NOBODY
