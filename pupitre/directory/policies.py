from django.db.models import Exists, OuterRef, Q

from pupitre.directory.models import Affiliation, Group, Membership, Person
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import STAFF, Profile
from pupitre.foundation import clock
from pupitre.foundation.access import EVERYONE, policy
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
    wards = Q(
        student__person__guardianships__guardian=actor.person_id,
        student__person__guardianships__establishment=actor.establishment_id,
        student__person__guardianships__level__lt=3,
        student__person__guardianships__is_restricted=False,
    ) & (
        Q(student__person__guardianships__ends_on=None) | Q(student__person__guardianships__ends_on__gte=clock.today())
    )
    return Q(Exists(mine.filter(Q(student__person=actor.person_id) | wards)))
