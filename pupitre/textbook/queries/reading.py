"""The cahier de textes as it is read: by day, or by subject."""

import datetime as dt

from django.db.models import Prefetch, QuerySet

from pupitre.directory.models import Student
from pupitre.directory.periods import held_on
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.textbook.models import Homework, TextbookEntry, Visa
from pupitre.timetable.models import Course


def entries_read(actor: Actor) -> QuerySet[TextbookEntry]:
    """The sessions that the actor may read, the latest first, each with the work that they may see (`seen_work`)."""
    seen = Prefetch(
        "homework",
        allowed(actor, "textbook.view_homework", Homework.objects.order_by("due_on", "pk")),
        to_attr="seen_work",
    )
    rows = allowed(actor, "textbook.view_entry", TextbookEntry.objects.all())
    return (
        rows.select_related("course__subject", "group", "author")
        .prefetch_related(seen)
        .order_by("-held_on", "-starts_at")
    )


def entries_of_student(actor: Actor, student: Student, first: dt.date, last: dt.date) -> list[TextbookEntry]:
    """The sessions of a student's groups between two days; two statements."""
    groups = student.memberships.filter(held_on(clock.today())).values("group")
    rows = entries_read(actor).filter(group__in=groups, held_on__range=(first, last), visible_at__lte=clock.now())
    return list(rows)


def entries_of_course(actor: Actor, course: Course) -> QuerySet[TextbookEntry]:
    """The sessions of a course."""
    return entries_read(actor).filter(course=course)


def courses_read(actor: Actor) -> list[Course]:
    """The courses of this year whose cahier de textes the actor may read, by class; one statement."""
    rows = Course.objects.filter(ends_on=None, group__ends_on=None).select_related("subject", "group")
    return list(allowed(actor, "textbook.view_course", rows).order_by("group__kind", "group__code", "subject__label"))


def courses_of_student(student: Student) -> list[Course]:
    """The courses of a student, by subject; one statement."""
    groups = student.memberships.filter(held_on(clock.today())).values("group")
    rows = Course.objects.filter(ends_on=None, group__in=groups).select_related("subject", "group")
    return list(rows.order_by("subject__label"))


def visas_of(course: Course) -> list[Visa]:
    """Who has read the cahier de textes of a course, the latest first; one statement."""
    return list(Visa.objects.filter(course=course).order_by("-signed_at"))
