from django.db.models import Exists, F, OuterRef, Q

from pupitre.directory.guardians import links_to
from pupitre.directory.models import Affiliation, Group, Guardianship, Membership, Person
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import STAFF, Profile
from pupitre.directory.roles import BY_HAND, givable_profiles
from pupitre.foundation import clock
from pupitre.foundation.access import EVERYONE, NOBODY, policy
from pupitre.foundation.actor import Actor


@policy("directory.view_person", Person)
def view_person(actor: Actor) -> Q:
    """Staff see who is in their school today; students and families see its staff only."""
    here = Affiliation.objects.filter(
        held_on(clock.today()), person=OuterRef("pk"), establishment=actor.establishment_id
    )
    if actor.has("directory.search"):
        return Q(Exists(here))
    return Q(Exists(here.filter(profile__in=STAFF - {Profile.ACADEMY_ADMIN})))


@policy("directory.view_group", Group)
def view_group(actor: Actor) -> Q:
    """Staff see every group of the school; a student theirs; a guardian those of their children."""
    if actor.has("directory.view_groups"):
        return EVERYONE
    mine = Membership.objects.filter(held_on(clock.today()), group=OuterRef("pk"))
    wards = Q(Exists(links_to(actor, "student__person")))
    return Q(Exists(mine.filter(Q(student__person=actor.person_id) | wards)))


@policy("directory.restrict_guardian", Guardianship)
def restrict_guardian(actor: Actor) -> Q:
    """Shut a guardian out of one child and let them in again: for those who hold the right, never about their own children.

    A student of age who answers for themselves keeps what is theirs; a link that has ended is only looked at again when it
    was shut, for the next import may open it again.
    """
    if not actor.has("directory.restrict"):
        return NOBODY
    own = Guardianship.objects.filter(
        student=OuterRef("student"), guardian=actor.person_id, establishment=actor.establishment_id
    )
    counts = Q(ends_on=None) | Q(ends_on__gte=clock.today()) | Q(is_restricted=True)
    return Q(establishment=actor.establishment_id) & counts & ~Q(guardian=F("student")) & ~Q(Exists(own))


@policy("directory.manage_role", Affiliation)
def manage_role(actor: Actor) -> Q:
    """End or prolong a role given by hand: for those who may give it, never one's own. Files end what they told."""
    mine = Q(person=actor.person_id)
    return Q(establishment=actor.establishment_id, source__in=BY_HAND, profile__in=givable_profiles(actor)) & ~mine
