"""Which lesson an address names, and what surrounds it."""

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.http import Http404
from django.urls import reverse

from pupitre.foundation.actor import Actor
from pupitre.textbook.models import TextbookEntry
from pupitre.textbook.queries.lessons import Lesson, lessons_taught
from pupitre.textbook.queries.sessions import (
    AHEAD,
    Line,
    due_lessons,
    entries_of_courses,
    lesson_key,
    local_now,
    sister_courses,
)
from pupitre.textbook.services.writing import Place, draft_place, place_of
from pupitre.timetable.models import Course

WEEK = dt.timedelta(days=7)


@dataclass(slots=True)
class Desk:
    """A lesson open before its teacher: its week, what is written of it, the lessons that follow.

    `is_known` is False when the lesson is no longer in the timetable: its session stays.
    """

    lesson: Lesson
    lessons: list[Lesson]
    written: dict[tuple[int, dt.date, dt.time], TextbookEntry]
    is_known: bool = True
    key: UUID = field(default_factory=uuid4)

    @property
    def entry(self) -> TextbookEntry | None:
        return self.written.get(lesson_key(self.lesson))

    @property
    def place(self) -> Place:
        return place_of(self.lesson)

    @property
    def draft_place(self) -> str:
        return draft_place(self.place)

    @property
    def monday(self) -> dt.date:
        return self.lesson.held_on - dt.timedelta(days=self.lesson.held_on.weekday())

    @property
    def week(self) -> list[Line]:
        """The lessons of the course in the same week."""
        now, first = local_now(), self.monday
        return [
            Line(each, self.written.get(lesson_key(each)), each == self.lesson,
                 dt.datetime.combine(each.held_on, each.ends_at) <= now)
            for each in self.lessons
            if each.course_id == self.lesson.course_id and first <= each.held_on < first + WEEK
        ]  # fmt: skip

    @property
    def dues(self) -> list[Lesson]:
        return due_lessons(self.lesson, self.lessons, local_now().date())

    def beside(self, weeks: int) -> Lesson | None:
        """The first lesson of the course in the week before or after; None when there is none nearby."""
        first = self.monday + weeks * WEEK
        mine = [each for each in self.lessons if each.course_id == self.lesson.course_id]
        if weeks > 0:
            return next((each for each in mine if each.held_on >= first), None)
        return next((each for each in reversed(mine) if each.held_on < self.monday), None)


def window(day: dt.date) -> tuple[dt.date, dt.date]:
    """The days that a page looks at around a lesson: holidays of two weeks stand within."""
    return day - dt.timedelta(days=21), day + dt.timedelta(days=AHEAD)


def desk_of(lesson: Lesson, lessons: list[Lesson], *, is_known: bool = True) -> Desk:
    """The page of a lesson; one statement."""
    courses = [lesson.course_id, *sister_courses(lesson, lessons)]
    return Desk(lesson, lessons, entries_of_courses(courses, *window(lesson.held_on)), is_known)


def desk_at(actor: Actor, course: Course, day: str, hour: str) -> Desk:
    """The page of the lesson that an address names; a lesson that is gone, while something is written of it.

    Raises Http404. Two or three statements.
    """
    try:
        on, at = dt.date.fromisoformat(day), dt.time.fromisoformat(f"{hour[:2]}:{hour[2:]}")
    except ValueError:
        raise Http404 from None
    lessons = lessons_taught(actor.person_id, *window(on))
    named = (course.pk, on, at)
    found = next((each for each in lessons if lesson_key(each) == named), None)
    if found is not None:
        return desk_of(found, lessons)
    entry = TextbookEntry.objects.filter(course=course, held_on=on, starts_at=at).first()
    if entry is None:
        raise Http404
    group, subject = course.group, course.subject
    gone = Lesson(
        course.pk, group.pk, group.label, subject.label, subject.code, on, at, entry.ends_at or at, entry.room,
        entry.shown_on, entry.shown_at,
    )  # fmt: skip
    return desk_of(gone, lessons, is_known=False)


def url_of(uai: str, lesson: Lesson) -> str:
    """The address of a lesson's session."""
    return reverse("textbook:session", args=[uai, lesson.course_id, str(lesson.held_on), lesson.hour_key])
