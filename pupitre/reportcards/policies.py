from django.db.models import Exists, OuterRef, Q

from pupitre.directory.guardians import links_to
from pupitre.directory.models import FormTeacher, Group, Membership, Student
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import Profile
from pupitre.foundation import clock
from pupitre.foundation.access import EVERYONE, NOBODY, policy
from pupitre.foundation.actor import Actor
from pupitre.reportcards.models import PastCard, PrintRun, ReportCard, ReportVersion
from pupitre.timetable.models import Course, CourseTeacher

VIEW, MANAGE, SCHOOL_LIFE = "reportcards.view_all", "reportcards.manage", "reportcards.school_life"
_TEACH = str(Profile.TEACHER)


@policy("reportcards.comment_course", Course)
def comment_course(actor: Actor) -> Q:
    """Write the appreciations of a course: those who teach it today, and the head."""
    if actor.has(MANAGE):
        return EVERYONE
    mine = CourseTeacher.objects.filter(held_on(clock.today()), course=OuterRef("pk"), person=actor.person_id)
    return Q(Exists(mine)) if _TEACH in actor.profiles else NOBODY


@policy("reportcards.view_class", Group)
def view_class(actor: Actor) -> Q:
    """Read the bulletins of a class before families do: its form teacher, the CPE and the head."""
    return EVERYONE if actor.has(VIEW) else _own_class(actor, "pk")


@policy("reportcards.write_synthesis", Group)
def write_synthesis(actor: Actor) -> Q:
    """Write the synthesis of the students of a class and what the council says: its form teacher, and the head."""
    return EVERYONE if actor.has(MANAGE) else _own_class(actor, "pk")


@policy("reportcards.write_school_life", Group)
def write_school_life(actor: Actor) -> Q:
    """Write the line of school life: the CPE, and the head."""
    return EVERYONE if actor.has(SCHOOL_LIFE) else NOBODY


@policy("reportcards.publish_class", Group)
def publish_class(actor: Actor) -> Q:
    """Validate, publish and open again the bulletins of a class: the head."""
    return EVERYONE if actor.has(MANAGE) else NOBODY


@policy("reportcards.view_run", PrintRun)
def view_run(actor: Actor) -> Q:
    """See how a publication goes, and stop it: the head."""
    return EVERYONE if actor.has(MANAGE) else NOBODY


@policy("reportcards.view_student", Student)
def view_student(actor: Actor) -> Q:
    """The bulletins of a student: themselves and their guardians; the form teacher of today, the CPE and the head."""
    if actor.has(VIEW):
        return EVERYONE
    return _family(actor, "person") | _in_own_class(actor, "pk")


@policy("reportcards.read_as_family", Student)
def read_as_family(actor: Actor) -> Q:
    """Those whose bulletins are read as a family reads them: once given, and as they were."""
    return _family(actor, "person")


@policy("reportcards.view_card", ReportCard)
def view_card(actor: Actor) -> Q:
    """A bulletin that was given: the student, their guardians; the form teacher of the class, the CPE and the head."""
    if actor.has(VIEW):
        return EVERYONE
    given = Q(published_at__lte=clock.now())
    return (given & _family(actor, "student__person")) | _own_class(actor, "division")


@policy("reportcards.acknowledge", ReportCard)
def acknowledge(actor: Actor) -> Q:
    """Say that a bulletin was received: each guardian of the student, once it was given."""
    if Profile.GUARDIAN not in actor.profiles:
        return NOBODY
    return Q(published_at__lte=clock.now()) & Q(Exists(links_to(actor, "student__person")))


@policy("reportcards.view_version", ReportVersion)
def view_version(actor: Actor) -> Q:
    """Every version that was given, by whoever sees the bulletin; a family, in the hours when it may be reached."""
    if actor.has(VIEW):
        return EVERYONE
    given = Q(card__published_at__lte=clock.now()) & seen_now()
    return (given & _family(actor, "card__student__person")) | _own_class(actor, "card__division")


@policy("reportcards.view_past", PastCard)
def view_past(actor: Actor) -> Q:
    """A bulletin taken over from another tool: the student, their guardians; their form teacher of today, the CPE and the head."""
    if actor.has(VIEW):
        return EVERYONE
    given = Q(published_at__lte=clock.now())
    return (given & _family(actor, "student__person")) | _in_own_class(actor, "student")


def seen_now(version: str = "") -> Q:
    """The versions that families read by now; `version`: how they are reached, with its two underscores."""
    return Q(**{f"{version}seen_at": None}) | Q(**{f"{version}seen_at__lte": clock.now()})


def _in_own_class(actor: Actor, student: str) -> Q:
    if _TEACH not in actor.profiles:
        return NOBODY
    mine = FormTeacher.objects.filter(held_on(clock.today()), person=actor.person_id).values("group")
    return Q(Exists(Membership.objects.filter(held_on(clock.today()), student=OuterRef(student), group__in=mine)))


def _family(actor: Actor, person: str) -> Q:
    own = Q(**{person: actor.person_id}) if Profile.STUDENT in actor.profiles else NOBODY
    return own | (Q(Exists(links_to(actor, person))) if Profile.GUARDIAN in actor.profiles else NOBODY)


def _own_class(actor: Actor, group: str) -> Q:
    if _TEACH not in actor.profiles:
        return NOBODY
    mine = FormTeacher.objects.filter(held_on(clock.today()), group=OuterRef(group), person=actor.person_id)
    return Q(Exists(mine))
