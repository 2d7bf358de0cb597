"""Who writes and who reads. Families read what is published, from the instant it is (`visible_at`)."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from pupitre.directory.guardians import links_to
from pupitre.directory.models import FormTeacher, Membership, Student
from pupitre.directory.periods import held_on
from pupitre.foundation import clock
from pupitre.foundation.access import EVERYONE, NOBODY, policy
from pupitre.foundation.actor import Actor
from pupitre.textbook.models import (
    Correction,
    Extension,
    Homework,
    HomeworkStudent,
    Progression,
    Submission,
    TextbookEntry,
    Visa,
)
from pupitre.timetable.models import Course, CourseTeacher

VIEW_ALL, SIGN = "textbook.view_all", "textbook.sign"


@policy("textbook.write_course", Course)
def write_course(actor: Actor) -> Q:
    """The cahier de textes of a course is written by those who teach it."""
    return Q(Exists(_teaches(actor, "pk")))


@policy("textbook.view_course", Course)
def view_course(actor: Actor) -> Q:
    """The cahier de textes of a course: its students, their guardians, its teachers, the form teachers, who sees all."""
    if actor.has(VIEW_ALL) or actor.has(SIGN):
        return EVERYONE
    return Q(Exists(_teaches(actor, "pk"))) | Q(Exists(_leads(actor))) | _is_of_family(actor)


@policy("textbook.sign_course", Course)
def sign_course(actor: Actor) -> Q:
    """The visa: the head, and the inspector to whom the right was given."""
    return EVERYONE if actor.has(SIGN) else NOBODY


@policy("textbook.write_entry", TextbookEntry)
def write_entry(actor: Actor) -> Q:
    """Its author, and those who teach its course now: a substitute goes on."""
    return Q(author=actor.person_id) | Q(Exists(_teaches(actor, "course")))


@policy("textbook.view_entry", TextbookEntry)
def view_entry(actor: Actor) -> Q:
    """Whoever writes it; published, its students and their guardians, form teachers, and who sees all."""
    published = Q(visible_at__lte=clock.now())
    if actor.has(VIEW_ALL) or actor.has(SIGN):
        return published | write_entry(actor)
    return write_entry(actor) | (published & (Q(Exists(_leads(actor))) | _is_of_family(actor)))


@policy("textbook.write_homework", Homework)
def write_homework(actor: Actor) -> Q:
    """As the session it was given in."""
    return Q(author=actor.person_id) | Q(Exists(_teaches(actor, "course")))


@policy("textbook.view_homework", Homework)
def view_homework(actor: Actor) -> Q:
    """Whoever gives it; once published, the students it is for and their guardians, form teachers, and who sees all."""
    published = Q(visible_at__lte=clock.now())
    if actor.has(VIEW_ALL) or actor.has(SIGN):
        return published | write_homework(actor)
    return write_homework(actor) | (published & (Q(Exists(_leads(actor))) | _is_for_family(actor)))


@policy("textbook.do_homework", Homework)
def do_homework(actor: Actor) -> Q:
    """The students a published homework is for."""
    mine = _students_of(OuterRef("group")).filter(student__person=actor.person_id)
    named = HomeworkStudent.objects.filter(homework=OuterRef("pk"), student__person=actor.person_id)
    return Q(visible_at__lte=clock.now()) & Q(Exists(mine)) & (Q(is_individual=False) | Q(Exists(named)))


@policy("textbook.view_work_of", Student)
def view_work_of(actor: Actor) -> Q:
    """The work of a student: themselves and their guardians."""
    return Q(person=actor.person_id) | Q(Exists(links_to(actor, "person")))


@policy("textbook.view_submission", Submission)
def view_submission(actor: Actor) -> Q:
    """A copy: the student, their guardians, and those who gave the work. Nobody else, not even the head."""
    return _is_own_copy(actor, "student__person") | Q(homework__author=actor.person_id) | Q(
        Exists(_teaches(actor, "homework__course"))
    )  # fmt: skip


@policy("textbook.view_correction", Correction)
def view_correction(actor: Actor) -> Q:
    """As the copy, from the instant it is given back."""
    teacher = Q(submission__homework__author=actor.person_id) | Q(
        Exists(_teaches(actor, "submission__homework__course"))
    )
    return teacher | (_is_own_copy(actor, "submission__student__person") & Q(returned_at__lte=clock.now()))


@policy("textbook.view_extension", Extension)
def view_extension(actor: Actor) -> Q:
    """As the homework it gives more time for: those who gave it."""
    return Q(homework__author=actor.person_id) | Q(Exists(_teaches(actor, "homework__course")))


@policy("textbook.view_progression", Progression)
def view_progression(actor: Actor) -> Q:
    """One's own, and those that colleagues share."""
    from_colleagues = Q(is_shared=True) if actor.has("timetable.view_any") else NOBODY
    return Q(owner=actor.person_id) | from_colleagues


@policy("textbook.write_progression", Progression)
def write_progression(actor: Actor) -> Q:
    """One's own."""
    return Q(owner=actor.person_id)


@policy("textbook.view_visa", Visa)
def view_visa(actor: Actor) -> Q:
    """Those who teach the course, and who sees all."""
    if actor.has(VIEW_ALL) or actor.has(SIGN):
        return EVERYONE
    return Q(Exists(_teaches(actor, "course")))


def _teaches(actor: Actor, course: str) -> QuerySet[CourseTeacher]:
    rows: QuerySet[CourseTeacher] = CourseTeacher.objects.filter(
        held_on(clock.today()), course=OuterRef(course), person=actor.person_id
    )
    return rows


def _students_of(group: OuterRef) -> QuerySet[Membership]:
    rows: QuerySet[Membership] = Membership.objects.filter(held_on(clock.today()), group=group)
    return rows


def _leads(actor: Actor) -> QuerySet[Membership]:
    """The group, or part of it, is of a class that the actor is form teacher of."""
    led = FormTeacher.objects.filter(
        held_on(clock.today()), group__memberships__student=OuterRef("student"), person=actor.person_id
    )
    return _students_of(OuterRef("group")).filter(Exists(led))


def _is_of_family(actor: Actor) -> Q:
    rows = _students_of(OuterRef("group"))
    mine = rows.filter(student__person=actor.person_id)
    ward = rows.filter(Exists(links_to(actor, "student__person")))
    return Q(Exists(mine)) | Q(Exists(ward))


def _is_for_family(actor: Actor) -> Q:
    named = HomeworkStudent.objects.filter(homework=OuterRef("pk"))
    mine = named.filter(student__person=actor.person_id)
    ward = named.filter(Exists(links_to(actor, "student__person")))
    everyone = Q(is_individual=False) & _is_of_family(actor)
    return everyone | (Q(is_individual=True) & (Q(Exists(mine)) | Q(Exists(ward))))


def _is_own_copy(actor: Actor, person: str) -> Q:
    return Q(**{person: actor.person_id}) | Q(Exists(links_to(actor, person)))
