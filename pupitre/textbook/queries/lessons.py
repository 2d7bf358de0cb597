"""Lessons by their date, as they are held: the weekly timetable, closures put aside, with what single days changed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from pupitre.establishments.scope import current_establishment_id
from pupitre.timetable.dated import LATEST, dated

# Week by week; where a lesson is moved, its row is the one of the hour where it is held.
_LESSONS = """select c.id, g.id, g.label, j.label, j.code, coalesce(s.x_held_on, s.on_day), coalesce(s.x_starts_at, s.starts_at),
  s.on_day, s.starts_at, s.ends_at, s.is_held, coalesce(r.code, '')
from establishments_schoolyear y
join directory_group g on g.establishment_id = y.establishment_id and g.school_year_id = y.id
join timetable_course c on c.establishment_id = y.establishment_id and c.group_id = g.id
join directory_subject j on j.establishment_id = y.establishment_id and j.id = c.subject_id
cross join lateral (select t::date as day from generate_series(
  date_trunc('week', greatest(%(first)s, y.starts_on)::timestamp), least(%(last)s, y.ends_on)::timestamp, '7 days') t) d
join lateral ({dated}) s on s.place <> 'away'
left join timetable_classroom r on r.establishment_id = y.establishment_id and r.id = s.classroom_id
where y.establishment_id = %(school)s and s.on_day between greatest(%(first)s, y.starts_on) and least(%(last)s, y.ends_on)
  and s.on_day <= coalesce(c.ends_on, 'infinity') and {only}
order by s.on_day, s.starts_at, g.label"""
_DATED = dated(LATEST, school="y.establishment_id", day="d.day")

_TAUGHT = """%(person)s = any(s.teacher_ids) and exists (select from timetable_courseteacher ct
  where ct.establishment_id = y.establishment_id and ct.course_id = c.id and ct.person_id = %(person)s
    and s.on_day between ct.starts_on and coalesce(ct.ends_on, 'infinity'))"""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson of a course. `held_on`, `starts_at`: by its week, which names it; `shown_on`, `shown_at`: where it is held."""

    course_id: int
    group_id: int
    group: str
    subject: str
    code: str
    held_on: dt.date
    starts_at: dt.time
    ends_at: dt.time
    room: str
    shown_on: dt.date
    shown_at: dt.time
    is_held: bool = True

    @property
    def is_moved(self) -> bool:
        return (self.shown_on, self.shown_at) != (self.held_on, self.starts_at)

    @property
    def begins(self) -> tuple[dt.date, dt.time]:
        """The day and hour where it is held, in the order of the calendar."""
        return self.shown_on, self.shown_at

    @property
    def token(self) -> str:
        """« 2026-11-25@08:05 »: how forms name it inside a course; then the day where it is held, when it is moved."""
        token = f"{self.held_on}@{self.starts_at:%H:%M}"
        return f"{token}@{self.shown_on}" if self.is_moved else token

    @property
    def hour_key(self) -> str:
        """« 0805 », as in addresses."""
        return f"{self.starts_at:%H%M}"


def lessons_taught(person_id: int, first: dt.date, last: dt.date) -> list[Lesson]:
    """What a person teaches between two days, both included, in order; one statement."""
    return _lessons(_TAUGHT, first, last, person=person_id)


def lessons_of_courses(course_ids: Iterable[int], first: dt.date, last: dt.date) -> list[Lesson]:
    """The lessons of some courses between two days, both included, in order; one statement."""
    return _lessons("c.id = any(%(courses)s)", first, last, courses=list(course_ids))


def next_lessons(course_id: int, after: dt.date, at: dt.time, count: int = 4) -> list[Lesson]:
    """The lessons of a course that are held after an hour, across holidays, but the one that is named by it; one statement."""
    found = lessons_of_courses([course_id], after, after + dt.timedelta(days=45))
    rest = [each for each in found if each.is_held and (each.held_on, each.starts_at) != (after, at)]
    return [each for each in rest if each.begins > (after, at)][:count]


def _lessons(only: str, first: dt.date, last: dt.date, **more: Any) -> list[Lesson]:
    parameters = {"school": current_establishment_id(), "first": first, "last": last, **more}
    with connection.cursor() as cursor:
        cursor.execute(_LESSONS.format(only=only, dated=_DATED), parameters)
        return [_lesson(*row) for row in cursor.fetchall()]


def _lesson(
    course_id: int, group_id: int, group: str, subject: str, code: str, held_on: dt.date, starts_at: dt.time, *held: Any
) -> Lesson:
    shown_on, shown_at, ends_at, is_held, room = held
    if starts_at != shown_at:
        # A session keeps the hour of its week, and lasts as long as the lesson.
        lasts = dt.datetime.combine(shown_on, ends_at) - dt.datetime.combine(shown_on, shown_at)
        ends_at = (dt.datetime.combine(held_on, starts_at) + lasts).time()
    return Lesson(
        course_id, group_id, group, subject, code, held_on, starts_at, ends_at, room, shown_on, shown_at, is_held
    )  # fmt: skip
