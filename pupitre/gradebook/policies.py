from django.db.models import Exists, OuterRef, Q

from pupitre.directory.guardians import links_to
from pupitre.directory.models import FormTeacher, Group, Membership, Student
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import Profile
from pupitre.foundation import clock
from pupitre.foundation.access import EVERYONE, NOBODY, policy
from pupitre.foundation.actor import Actor
from pupitre.gradebook.models import Assessment, IncomingColumn
from pupitre.timetable.models import Course, CourseTeacher

VIEW, MANAGE = "gradebook.view_all", "gradebook.manage"
TEACH = frozenset({str(Profile.TEACHER)})


@policy("gradebook.mark_course", Course)
def mark_course(actor: Actor) -> Q:
    """Assess and mark: those who teach the course today, and the head."""
    return _taught(actor, "pk")


@policy("gradebook.mark_assessment", Assessment)
def mark_assessment(actor: Actor) -> Q:
    """The same, asked of one assessment."""
    return _taught(actor, "course")


@policy("gradebook.confirm_incoming", IncomingColumn)
def confirm_incoming(actor: Actor) -> Q:
    """Read what a tool sends for a course, confirm it or set it aside: whoever marks the course."""
    return _taught(actor, "course")


@policy("gradebook.view_assessment", Assessment)
def view_assessment(actor: Actor) -> Q:
    """Read an assessment and its files: whoever reads the marks of its course; a family once its marks are shown to it."""
    if actor.has(VIEW):
        return EVERYONE
    form = FormTeacher.objects.filter(held_on(clock.today()), group=OuterRef("course__group"), person=actor.person_id)
    shown = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=OuterRef("held_on")), group=OuterRef("course__group"),
        starts_on__lte=OuterRef("held_on"),
    )  # fmt: skip
    rule = _taught(actor, "course") | (Q(Exists(form)) if actor.profiles & TEACH else NOBODY)
    if Profile.STUDENT in actor.profiles:
        own = shown.filter(student__person=actor.person_id)
        rule |= Q(student_sees_at__lte=clock.now()) & Q(Exists(own))
    if Profile.GUARDIAN in actor.profiles:
        children = shown.filter(Exists(links_to(actor, "student__person")))
        rule |= Q(guardian_sees_at__lte=clock.now()) & Q(Exists(children))
    return rule


@policy("gradebook.view_course", Course)
def view_course(actor: Actor) -> Q:
    """Read the marks of a course: those who give them, the form teacher of the class, the CPE and the head."""
    if actor.has(VIEW):
        return EVERYONE
    form = FormTeacher.objects.filter(held_on(clock.today()), group=OuterRef("group"), person=actor.person_id)
    return _taught(actor, "pk") | Q(Exists(form))


@policy("gradebook.view_whole_class", Group)
def view_whole_class(actor: Actor) -> Q:
    """Read the results of a class in every service: its form teacher, the CPE and the head."""
    if actor.has(VIEW):
        return EVERYONE
    form = FormTeacher.objects.filter(held_on(clock.today()), group=OuterRef("pk"), person=actor.person_id)
    return Q(Exists(form)) if actor.profiles & TEACH else NOBODY


@policy("gradebook.view_class", Group)
def view_class(actor: Actor) -> Q:
    """Read the results of a class, whole or in one’s own services: the same, and those who teach students of it today."""
    if not actor.profiles & TEACH:
        return view_whole_class(actor)
    today = clock.today()
    mine = CourseTeacher.objects.filter(held_on(today), person=actor.person_id, course__ends_on=None)
    theirs = Membership.objects.filter(held_on(today), group__in=mine.values("course__group"))
    there = Membership.objects.filter(held_on(today), group=OuterRef("pk"), student__in=theirs.values("student"))
    return view_whole_class(actor) | Q(Exists(there))


@policy("gradebook.view_student", Student)
def view_student(actor: Actor) -> Q:
    """All the marks of a student: themselves and their guardians once published; their form teacher, the CPE and the head."""
    if actor.has(VIEW):
        return EVERYONE
    return _family(actor) | _in_own_class(actor)


@policy("gradebook.read_as_family", Student)
def read_as_family(actor: Actor) -> Q:
    """Those whose marks are read as a family reads them: only what is published, and when it is."""
    return _family(actor)


@policy("gradebook.set_average", Course)
def set_average(actor: Actor) -> Q:
    """Set an average in the place of the computed one: whoever marks the course."""
    return _taught(actor, "pk")


@policy("gradebook.reopen_class", Group)
def reopen_class(actor: Actor) -> Q:
    """Set the dates of a term for a class and open it again: the head."""
    return EVERYONE if actor.has(MANAGE) else NOBODY


def _taught(actor: Actor, course: str) -> Q:
    if actor.has(MANAGE):
        return EVERYONE
    mine = CourseTeacher.objects.filter(held_on(clock.today()), course=OuterRef(course), person=actor.person_id)
    return Q(Exists(mine)) if actor.profiles & TEACH else NOBODY


def _family(actor: Actor) -> Q:
    own = Q(person=actor.person_id) if Profile.STUDENT in actor.profiles else NOBODY
    return own | (Q(Exists(links_to(actor, "person"))) if Profile.GUARDIAN in actor.profiles else NOBODY)


def _in_own_class(actor: Actor) -> Q:
    mine = FormTeacher.objects.filter(held_on(clock.today()), person=actor.person_id).values("group")
    there = Membership.objects.filter(held_on(clock.today()), student=OuterRef("pk"), group__in=mine)
    return Q(Exists(there)) if actor.profiles & TEACH else NOBODY
