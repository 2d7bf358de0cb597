"""Who may do what. A head's delegate is whoever was given the named right; a CPE is one by the function of their role."""

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from pupitre.directory.guardians import links_to
from pupitre.directory.models import FormTeacher, Guardianship, Membership, Student
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import Profile
from pupitre.discipline.models import Detention, Incident, IncidentPerson, Punishment, Sanction
from pupitre.discipline.people import counsellors
from pupitre.foundation import clock
from pupitre.foundation.access import EVERYONE, NOBODY, policy
from pupitre.foundation.actor import Actor

PUNISH, VIEW, DECIDE = "discipline.punish", "discipline.view_all", "discipline.sanction"
GIVERS: frozenset[str] = frozenset({Profile.TEACHER, Profile.SCHOOL_LIFE, Profile.HEAD})
"""Whose office it is to punish; the others propose, or are given the right."""
HOLDERS: frozenset[str] = frozenset({Profile.SCHOOL_LIFE, Profile.HEAD})
"""Who holds detentions and follows the week."""


def may_punish(actor: Actor) -> bool:
    """Teachers, the school-life office and the head punish and report; so does whoever was given the right."""
    return bool(GIVERS & actor.profiles) or actor.has(PUNISH)


def holds_detentions(actor: Actor) -> bool:
    """The school-life office and the head plan detentions and say who came."""
    return bool(HOLDERS & actor.profiles)


def sees_all(actor: Actor) -> bool:
    """The head and their delegates, those given the right, and the CPE; one statement for the school-life office."""
    if _is_told_all(actor):
        return True
    return Profile.SCHOOL_LIFE in actor.profiles and counsellors().filter(person=actor.person_id).exists()


@policy("discipline.view_punishment", Punishment)
def view_punishment(actor: Actor) -> Q:
    """CPE and head, all; whoever gave it; the form teacher of the class; once shown, the student and their guardians."""
    family = (Q(student__person=actor.person_id) | Q(Exists(links_to(actor, "student__person")))) & Q(
        shown_at__isnull=False
    )
    staff = Q(author_id=actor.person_id) | Q(Exists(_leads(actor))) if may_punish(actor) else NOBODY
    return _either(_all(actor), staff, family)


@policy("discipline.read_punishment", Punishment)
def read_punishment(actor: Actor) -> Q:
    """What a family says to have read: the student and their guardians, once it is shown."""
    return (Q(student__person=actor.person_id) | Q(Exists(links_to(actor, "student__person")))) & Q(
        shown_at__isnull=False
    )


@policy("discipline.follow_punishment", Punishment)
def follow_punishment(actor: Actor) -> Q:
    """Say that it was done or not, show it, take it back: its author, the CPE and the head; never about their own child."""
    mine = Q(author_id=actor.person_id) if may_punish(actor) else NOBODY
    return _either(_all(actor), mine) & ~Q(Exists(_parents(actor)))


@policy("discipline.plan_detention", Punishment)
def plan_detention(actor: Actor) -> Q:
    """The school-life office and the head say when a detention is held."""
    return Q(kind=Punishment.Kind.DETENTION) if holds_detentions(actor) else NOBODY


@policy("discipline.attend_detention", Detention)
def attend_detention(actor: Actor) -> Q:
    """Whoever holds detentions, and the one who looks after this one, see it and say who came."""
    return EVERYONE if holds_detentions(actor) else Q(supervisor=actor.person_id)


@policy("discipline.view_incident", Incident)
def view_incident(actor: Actor) -> Q:
    """CPE and head, all; whoever reported it; form teachers, those of their students. Families have their own verb."""
    if not may_punish(actor):
        return _all(actor)
    led = IncidentPerson.objects.filter(Exists(_leads(actor)), incident=OuterRef("pk"))
    return _either(_all(actor), Q(author_id=actor.person_id), Q(Exists(led)))


@policy("discipline.complete_incident", Incident)
def complete_incident(actor: Actor) -> Q:
    """Say who had a part in it, as long as it is open: whoever reported it, and those who follow it up."""
    mine = Q(author_id=actor.person_id) if may_punish(actor) else NOBODY
    return _either(mine, handle_incident(actor)) & Q(closed_at=None)


@policy("discipline.handle_incident", Incident)
def handle_incident(actor: Actor) -> Q:
    """Follow it up, show it to families, close it: the CPE and the head; never one in which their own child has a part."""
    own = IncidentPerson.objects.filter(Exists(_parents(actor)), incident=OuterRef("pk"))
    return _all(actor) & ~Q(Exists(own))


@policy("discipline.read_incident_part", IncidentPerson)
def read_incident_part(actor: Actor) -> Q:
    """A family reads the part of its own child, once what was written for it is shown; nobody else's."""
    family = Q(student__person=actor.person_id) | Q(Exists(links_to(actor, "student__person")))
    return family & Q(incident__published_at__isnull=False)


@policy("discipline.view_sanction", Sanction)
def view_sanction(actor: Actor) -> Q:
    """CPE and head, all; the form teacher of the class; the student and their guardians."""
    led = Q(Exists(_leads(actor))) if Profile.TEACHER in actor.profiles else NOBODY
    family = Q(student__person=actor.person_id) | Q(Exists(links_to(actor, "student__person")))
    return _either(_all(actor), led, family)


@policy("discipline.read_sanction", Sanction)
def read_sanction(actor: Actor) -> Q:
    """What a family says to have read, and may ask to have erased: the student and their guardians."""
    return Q(student__person=actor.person_id) | Q(Exists(links_to(actor, "student__person")))


@policy("discipline.handle_sanction", Sanction)
def handle_sanction(actor: Actor) -> Q:
    """Revoke a sursis, answer an erasure asked, erase: the head and their delegates; never about their own child."""
    return ~Q(Exists(_parents(actor))) if actor.has(DECIDE) else NOBODY


@policy("discipline.sanction_student", Student)
def sanction_student(actor: Actor) -> Q:
    """Decide a sanction: the head and their delegates; never about their own child."""
    return ~Q(Exists(_parents(actor, "person"))) if actor.has(DECIDE) else NOBODY


@policy("discipline.punish_student", Student)
def punish_student(actor: Actor) -> Q:
    """Any student of the school, by whoever may punish; never their own child."""
    return ~Q(Exists(_parents(actor, "person"))) if may_punish(actor) else NOBODY


@policy("discipline.view_record", Student)
def view_record(actor: Actor) -> Q:
    """The page of a student: CPE and head, form teachers, the student and guardians; other staff see what they gave."""
    if may_punish(actor):
        return EVERYONE
    return _either(_all(actor), Q(person=actor.person_id), Q(Exists(links_to(actor, "person"))))


def _either(*rules: Q) -> Q:
    """Whoever one of these lets in. In an « or », Django forgets a condition that lets everyone in."""
    return EVERYONE if EVERYONE in rules else reduce(or_, rules)


def _is_told_all(actor: Actor) -> bool:
    """Whoever may decide a sanction reads what it answers to."""
    return actor.has(VIEW) or actor.has(DECIDE)


def _all(actor: Actor) -> Q:
    if _is_told_all(actor):
        return EVERYONE
    if Profile.SCHOOL_LIFE not in actor.profiles:
        return NOBODY
    return Q(Exists(counsellors().filter(person=actor.person_id)))


def _parents(actor: Actor, student: str = "student__person") -> QuerySet[Guardianship]:
    """Any link, even ended or shut: nobody punishes their own child."""
    return Guardianship.objects.filter(student=OuterRef(student), guardian=actor.person_id)


def _leads(actor: Actor, student: str = "student") -> QuerySet[Membership]:
    """The student sits today in a class of which the actor is form teacher."""
    today = clock.today()
    led = FormTeacher.objects.filter(held_on(today), group=OuterRef("group"), person=actor.person_id)
    here: QuerySet[Membership] = Membership.objects.filter(held_on(today), Exists(led), student=OuterRef(student))
    return here
