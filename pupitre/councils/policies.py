from django.db.models import Exists, OuterRef, Q

from pupitre.councils.models import Member, Sitting
from pupitre.councils.models.members import DELEGATES
from pupitre.directory.models import FormTeacher, Group
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import STAFF, Profile
from pupitre.foundation import clock
from pupitre.foundation.access import EVERYONE, NOBODY, policy
from pupitre.foundation.actor import Actor
from pupitre.timetable.models import CourseTeacher

VIEW, MANAGE = "reportcards.view_all", "reportcards.manage"
"""Whoever reads all bulletins prepares and follows councils; whoever publishes them presides: both are rights of that room."""


@policy("councils.prepare_class", Group)
def prepare_class(actor: Actor) -> Q:
    """See everything of the council of a class at any time: its form teacher, the CPE and the head."""
    if actor.has(VIEW):
        return EVERYONE
    return _led(actor, "pk")


@policy("councils.run_class", Group)
def run_class(actor: Actor) -> Q:
    """Open and close it, remind, write of the class, note who came: its form teacher and the head."""
    if actor.has(MANAGE):
        return EVERYONE
    return _led(actor, "pk")


@policy("councils.attend", Sitting)
def attend(actor: Actor) -> Q:
    """See the students one by one: those who prepare it; while it sits, also the teachers of the class and its staff members."""
    if actor.has(VIEW):
        return EVERYONE
    if not actor.profiles & STAFF:
        return NOBODY
    seat = Member.objects.filter(sitting=OuterRef("pk"), person=actor.person_id).exclude(role__in=DELEGATES)
    team = _teaches(actor, "division") | Q(Exists(seat))
    return _led(actor, "division") | (team & Q(state=Sitting.State.OPEN))


@policy("councils.read_summary", Sitting)
def read_summary(actor: Actor) -> Q:
    """Read what is written of the class: once published, everyone who was named in it; before, those who prepare it."""
    if actor.has(VIEW):
        return EVERYONE
    seat = Member.objects.filter(sitting=OuterRef("pk"), person=actor.person_id)
    return _led(actor, "division") | ((Q(Exists(seat)) | _teaches(actor, "division")) & Q(published_at__isnull=False))


def _led(actor: Actor, division: str) -> Q:
    if Profile.TEACHER not in actor.profiles:
        return NOBODY
    mine = FormTeacher.objects.filter(held_on(clock.today()), group=OuterRef(division), person=actor.person_id)
    return Q(Exists(mine))


def _teaches(actor: Actor, division: str) -> Q:
    """Teaches the whole class; those of its groups are named members of the sitting."""
    if Profile.TEACHER not in actor.profiles:
        return NOBODY
    mine = CourseTeacher.objects.filter(
        held_on(clock.today()), course__group=OuterRef(division), person=actor.person_id
    )
    return Q(Exists(mine))
