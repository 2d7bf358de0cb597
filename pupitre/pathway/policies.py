from django.db.models import Exists, OuterRef, Q

from pupitre.directory.models import FormTeacher, Membership, Student
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import Profile
from pupitre.foundation import clock
from pupitre.foundation.access import EVERYONE, NOBODY, policy
from pupitre.foundation.actor import Actor
from pupitre.pathway.models import FollowUpNote

VIEW = "pathway.view_all"


@policy("pathway.view_student", Student)
def view_student(actor: Actor) -> Q:
    """The path of a student: the head, the CPE by their function, the form teacher of the class; nobody else."""
    return EVERYONE if actor.has(VIEW) else _led(actor, "pk")


@policy("pathway.view_note", FollowUpNote)
def view_note(actor: Actor) -> Q:
    """Its author; then those it was written for, as long as they follow the student, until the day it is erased."""
    kept, mine = Q(keep_until_on__gte=clock.today()), Q(author_id=actor.person_id)
    if actor.has(VIEW):
        return kept & (mine | ~Q(audience=FollowUpNote.Audience.AUTHOR))
    return kept & _led(actor, "student") & (mine | Q(audience=FollowUpNote.Audience.TEAM))


@policy("pathway.erase_note", FollowUpNote)
def erase_note(actor: Actor) -> Q:
    """Its author, and whoever follows every student among those who read it."""
    return view_note(actor) & (EVERYONE if actor.has(VIEW) else Q(author_id=actor.person_id))


def _led(actor: Actor, student: str) -> Q:
    if Profile.TEACHER not in actor.profiles:
        return NOBODY
    mine = FormTeacher.objects.filter(held_on(clock.today()), person=actor.person_id).values("group")
    there = Membership.objects.filter(held_on(clock.today()), student=OuterRef(student), group__in=mine)
    return Q(Exists(there))
