from django.db.models import Exists, Q

from pupitre.directory.guardians import links_to
from pupitre.directory.models import Student
from pupitre.foundation.access import EVERYONE, policy
from pupitre.foundation.actor import Actor
from pupitre.portraits.models import Portrait

MANAGE = "portraits.manage"
SEE = "directory.search"
"""Staff who look for students see their faces."""


@policy("portraits.view_portrait", Portrait)
def view_portrait(actor: Actor) -> Q:
    """A photograph that the family allows: for the staff of the school, the student, and their guardians."""
    shown = Q(consent=Portrait.Consent.GIVEN, file__isnull=False)
    if actor.has(SEE):
        return shown & EVERYONE
    return shown & (Q(student__person=actor.person_id) | Q(Exists(links_to(actor, "student__person"))))


@policy("portraits.answer", Student)
def answer(actor: Actor) -> Q:
    """Whether a photograph is allowed is said by the guardians of the child: not by mere contacts, nor by those shut out."""
    return Q(Exists(links_to(actor, "person")))
