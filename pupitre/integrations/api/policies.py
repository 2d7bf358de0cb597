from django.db.models import Exists, Q

from pupitre.directory.guardians import links_to
from pupitre.directory.models import Student
from pupitre.directory.profiles import Profile
from pupitre.foundation.access import NOBODY, policy
from pupitre.foundation.actor import Actor
from pupitre.integrations.api.models import Access


@policy("api.read_student", Student)
def read_student(actor: Actor) -> Q:
    """Whom an application may read: the student themself, and their guardians by an open link. Nobody as staff."""
    own = Q(person=actor.person_id) if Profile.STUDENT in actor.profiles else NOBODY
    return own | (Q(Exists(links_to(actor, "person"))) if Profile.GUARDIAN in actor.profiles else NOBODY)


@policy("api.withdraw_access", Access)
def withdraw_access(actor: Actor) -> Q:
    """One's own."""
    return Q(person=actor.person_id)
