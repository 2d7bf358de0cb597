"""Who may do what. When it may be done (ten minutes before the lesson, until the end of the day) is a service's business."""

import datetime as dt

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from pupitre.attendance.models import (
    AbsenceCase,
    AbsenteeismAlert,
    AttendanceRules,
    CountedHalfDay,
    ExitRequest,
    Justification,
    NightlyRecount,
    Observation,
    RollCall,
    WatchReset,
)
from pupitre.attendance.transitions import State
from pupitre.directory.guardians import links_to
from pupitre.directory.models import Affiliation, FormTeacher, Guardianship, Membership, Student
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import Profile
from pupitre.foundation import clock
from pupitre.foundation.access import EVERYONE, NOBODY, policy
from pupitre.foundation.actor import Actor
from pupitre.timetable.models import CourseTeacher

VIEW, CALL, CORRECT = "attendance.view_all", "attendance.call_any", "attendance.correct_register"
MANAGE, DECIDE = "attendance.manage", "attendance.decide"
GATE, RULES, INFIRMARY = "attendance.gate", "attendance.set_rules", "attendance.infirmary"
MAY_CALL_VERB, MAY_VIEW_VERB = "attendance.call_roll", "attendance.view_roll_call"

ANSWERABLE = frozenset({State.REPORTED, State.TOLD, State.TO_CONTACT, State.ANSWERED, State.REFUSED})


@policy(MAY_CALL_VERB, RollCall)
def call_roll(actor: Actor) -> Q:
    """Teachers call the roll of their own lessons, the school-life office that of any lesson."""
    return EVERYONE if actor.has(CALL) else Q(teacher_ids__contains=[actor.person_id])


@policy(MAY_VIEW_VERB, RollCall)
def view_roll_call(actor: Actor) -> Q:
    """Whoever calls it, those who see every register, and the form teachers of the class."""
    if actor.has(VIEW):
        return EVERYONE
    form_teacher = FormTeacher.objects.filter(held_on(clock.today()), group=OuterRef("group"), person=actor.person_id)
    return Q(teacher_ids__contains=[actor.person_id]) | Q(Exists(form_teacher))


@policy("attendance.view_case", AbsenceCase)
def view_case(actor: Actor) -> Q:
    """The office; the student; their guardians; the teachers of their groups, who never read a reason of health.

    A guardian who is a mere contact, or whom the head has shut out, sees nothing.
    """
    if actor.has(VIEW):
        return EVERYONE
    return (
        Q(student__person=actor.person_id) | Q(Exists(links_to(actor, "student__person"))) | Q(Exists(_teaches(actor)))
    )


@policy("attendance.view_case_as_family", AbsenceCase)
def view_case_as_family(actor: Actor) -> Q:
    """What the family reads and answers: the student, and their guardians; not the office, which has its own page."""
    return Q(student__person=actor.person_id) | Q(Exists(links_to(actor, "student__person")))


@policy("attendance.view_record", Student)
def view_record(actor: Actor) -> Q:
    """A student's absences of the year: as dossiers."""
    if actor.has(VIEW):
        return EVERYONE
    return Q(person=actor.person_id) | Q(Exists(links_to(actor, "person"))) | Q(Exists(_teaches(actor, "pk")))


@policy("attendance.view_file", Student)
def view_file(actor: Actor) -> Q:
    """The individual file of the year: the office, the student, their guardians; not teachers."""
    return EVERYONE if actor.has(VIEW) else Q(person=actor.person_id) | Q(Exists(links_to(actor, "person")))


@policy("attendance.view_half_day", CountedHalfDay)
def view_half_day(actor: Actor) -> Q:
    """As dossiers."""
    return view_case(actor)


@policy("attendance.answer_case", AbsenceCase)
def answer_case(actor: Actor) -> Q:
    """The guardians who see it, and the student of age when the school lets them; as long as nobody has decided."""
    of_age = Q(student__person=actor.person_id, student__person__birth_date__lte=_born_by())
    adults = of_age & ~Q(Exists(AttendanceRules.objects.filter(adults_answer=False)))
    return (Q(Exists(links_to(actor, "student__person"))) | adults) & Q(state__in=ANSWERABLE)


@policy("attendance.announce_absence", Student)
def announce_absence(actor: Actor) -> Q:
    """The guardians of a student, and the student of age when the school lets them."""
    today = clock.today()
    of_age = Q(person=actor.person_id, person__birth_date__lte=_born_by())
    adults = of_age & ~Q(Exists(AttendanceRules.objects.filter(adults_answer=False)))
    present = Q(left_on=None) | Q(left_on__gte=today)
    return (Q(Exists(links_to(actor, "person"))) | adults) & present


@policy("attendance.view_exit", Student)
def view_exit(actor: Actor) -> Q:
    """What a student may do at the gate: the office, the student, their guardians."""
    return EVERYONE if actor.has(VIEW) else Q(person=actor.person_id) | Q(Exists(links_to(actor, "person")))


@policy("attendance.answer_exit", ExitRequest)
def answer_exit(actor: Actor) -> Q:
    """The office answers families; never about their own children."""
    return ~Q(Exists(_parents(actor))) if actor.has(MANAGE) else NOBODY


@policy("attendance.manage_case", AbsenceCase)
def manage_case(actor: Actor) -> Q:
    """Those of the office prepare: enter a reason, note a call, settle; never about their own children."""
    return ~Q(Exists(_parents(actor))) if actor.has(MANAGE) else NOBODY


@policy("attendance.decide_case", AbsenceCase)
def decide_case(actor: Actor) -> Q:
    """The CPE and the head accept or refuse, assistants when the school lets them; never about their own children."""
    may = EVERYONE if actor.has(DECIDE) else _counsels(actor)
    return may & ~Q(Exists(_parents(actor)))


@policy("attendance.view_justification", Justification)
def view_justification(actor: Actor) -> Q:
    """What a family wrote, and its documents: the office, the student, and both parents. Not teachers."""
    if actor.has(VIEW):
        return EVERYONE
    return Q(case__student__person=actor.person_id) | Q(Exists(links_to(actor, "case__student__person")))


@policy("attendance.follow_alert", AbsenteeismAlert)
def follow_alert(actor: Actor) -> Q:
    """What the law asks of the school is followed by the office and the head."""
    return EVERYONE if actor.has(VIEW) else NOBODY


@policy("attendance.view_watch", WatchReset)
def view_watch(actor: Actor) -> Q:
    """What else the school watches is for the office and the head."""
    return EVERYONE if actor.has(VIEW) else NOBODY


@policy("attendance.view_observation", Observation)
def view_observation(actor: Actor) -> Q:
    """The office, its author and the teachers of the student; the student and their guardians when it is shown to them."""
    if actor.has(VIEW):
        return EVERYONE
    family = Q(student__person=actor.person_id) | Q(Exists(links_to(actor, "student__person")))
    return Q(author_id=actor.person_id) | Q(Exists(_teaches(actor))) | (family & Q(is_shown=True))


@policy("attendance.withdraw_observation", Observation)
def withdraw_observation(actor: Actor) -> Q:
    """Its author alone."""
    return Q(author_id=actor.person_id)


@policy("attendance.acknowledge_observation", Observation)
def acknowledge_observation(actor: Actor) -> Q:
    """The guardians to whom it is shown."""
    return Q(Exists(links_to(actor, "student__person"))) & Q(is_shown=True)


@policy("attendance.view_recount", NightlyRecount)
def view_recount(actor: Actor) -> Q:
    """What the night mended is told to those who see every absence."""
    return EVERYONE if actor.has(VIEW) else NOBODY


def _born_by() -> dt.date:
    """The last birthday of those who are of age today; the 29 of February comes of age on the 1 of March."""
    today = clock.today()
    is_leap_day = (today.month, today.day) == (2, 29)
    return today.replace(year=today.year - 18, day=28 if is_leap_day else today.day)


def _parents(actor: Actor) -> QuerySet[Guardianship]:
    """Any link, even ended or shut: nobody judges their own child."""
    return Guardianship.objects.filter(student=OuterRef("student__person"), guardian=actor.person_id)


def _teaches(actor: Actor, student: str = "student") -> QuerySet[Membership]:
    """The student sits today in a group that the actor teaches, or is form teacher of."""
    today = clock.today()
    taught = CourseTeacher.objects.filter(held_on(today), course__group=OuterRef("group"), person=actor.person_id)
    led = FormTeacher.objects.filter(held_on(today), group=OuterRef("group"), person=actor.person_id)
    here: QuerySet[Membership] = Membership.objects.filter(
        held_on(today), Q(Exists(taught)) | Q(Exists(led)), student=OuterRef(student)
    )
    return here


def judges(actor: Actor) -> Combinable:
    """Whether the actor accepts or refuses reasons here, as an annotation: pages ask it with what they read anyway."""
    if actor.has(DECIDE) or Profile.SCHOOL_LIFE not in actor.profiles:
        return Value(actor.has(DECIDE))
    return ExpressionWrapper(_counsels(actor), BooleanField())


def _counsels(actor: Actor) -> Q:
    """A counsellor (CPE) of the school, or anyone of the office where assistants decide."""
    if Profile.SCHOOL_LIFE not in actor.profiles:
        return NOBODY
    return Q(Exists(_counsellors(actor))) | Q(Exists(AttendanceRules.objects.filter(assistants_decide=True)))


def _counsellors(actor: Actor) -> QuerySet[Affiliation]:
    return Affiliation.objects.filter(
        held_on(clock.today()),
        Q(function__istartswith="CPE") | Q(function__istartswith="conseill"),
        person=actor.person_id,
        establishment=actor.establishment_id,
        profile=Profile.SCHOOL_LIFE,
    )
