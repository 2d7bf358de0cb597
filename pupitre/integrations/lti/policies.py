from django.db.models import Exists, OuterRef, Q, QuerySet

from pupitre.directory.guardians import links_to
from pupitre.directory.models import Membership
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import Profile
from pupitre.foundation import clock
from pupitre.foundation.access import NOBODY, policy
from pupitre.foundation.actor import Actor
from pupitre.integrations.lti.models import ToolLink
from pupitre.timetable.models import Course, CourseTeacher


@policy("lti.open_link", ToolLink)
def open_link(actor: Actor) -> Q:
    """Open a link of a course: its students, those who teach it, the guardians of its students.

    The tool must also be open to them in the school: the registry of services says so (`services.use_connector`).
    """
    rule = _taught(actor, "course")
    members = Membership.objects.filter(held_on(clock.today()), group=OuterRef("course__group"))
    if Profile.STUDENT in actor.profiles:
        rule |= Q(Exists(members.filter(student__person=actor.person_id)))
    if Profile.GUARDIAN in actor.profiles:
        rule |= Q(Exists(members.filter(Exists(links_to(actor, "student__person")))))
    return Q(removed_at=None) & rule


@policy("lti.place_link", Course)
def place_link(actor: Actor) -> Q:
    """Place contents of a tool in a course: those who teach it today."""
    return _taught(actor, "pk") & Q(ends_on=None)


@policy("lti.edit_link", ToolLink)
def edit_link(actor: Actor) -> Q:
    """Change a content where it stands: those who teach the course today."""
    return Q(removed_at=None) & _taught(actor, "course")


@policy("lti.remove_link", ToolLink)
def remove_link(actor: Actor) -> Q:
    """Take a link away: those who teach the course today."""
    return Q(removed_at=None) & _taught(actor, "course")


def _taught(actor: Actor, course: str) -> Q:
    mine: QuerySet[CourseTeacher] = CourseTeacher.objects.filter(
        held_on(clock.today()), course=OuterRef(course), person=actor.person_id
    )
    return Q(Exists(mine)) if Profile.TEACHER in actor.profiles else NOBODY
