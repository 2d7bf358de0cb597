"""Lessons by their date: the weekly timetable laid on the calendar, closures put aside."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from pupitre.establishments.scope import current_establishment_id

_LESSONS = """select c.id, g.id, g.label, j.label, j.code, d.day, s.starts_at, s.ends_at, coalesce(r.code, '')
from establishments_schoolyear y
join directory_group g on g.establishment_id = y.establishment_id and g.school_year_id = y.id
join timetable_course c on c.establishment_id = y.establishment_id and c.group_id = g.id
join directory_subject j on j.establishment_id = y.establishment_id and j.id = c.subject_id
join timetable_timetableslot s on s.establishment_id = y.establishment_id and s.course_id = c.id
cross join lateral (select t::date as day from generate_series(
  greatest(%(first)s, y.starts_on)::timestamp, least(%(last)s, y.ends_on)::timestamp, '1 day') t) d
left join timetable_classroom r on r.establishment_id = y.establishment_id and r.id = s.classroom_id
where y.establishment_id = %(school)s and s.weekday = extract(isodow from d.day)
  and s.weeks & (1::bigint << ((d.day - y.first_monday) / 7)) <> 0 and d.day <= coalesce(c.ends_on, 'infinity')
  and not exists (select from establishments_closure z
    where z.establishment_id = y.establishment_id and d.day between z.starts_on and z.ends_on)
  and {only}
order by d.day, s.starts_at, g.label"""

_TAUGHT = """%(person)s = any(s.teacher_ids) and exists (select from timetable_courseteacher ct
  where ct.establishment_id = y.establishment_id and ct.course_id = c.id and ct.person_id = %(person)s
    and d.day between ct.starts_on and coalesce(ct.ends_on, 'infinity'))"""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson of a course on a day, at the hour its week gives it."""

    course_id: int
    group_id: int
    group: str
    subject: str
    code: str
    held_on: dt.date
    starts_at: dt.time
    ends_at: dt.time
    room: str

    @property
    def token(self) -> str:
        """« 2026-11-25@08:05 »: how forms name it inside a course."""
        return f"{self.held_on}@{self.starts_at:%H:%M}"

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
    """The lessons of a course that follow an hour, across holidays; one statement."""
    found = lessons_of_courses([course_id], after, after + dt.timedelta(days=45))
    return [each for each in found if (each.held_on, each.starts_at) > (after, at)][:count]


def _lessons(only: str, first: dt.date, last: dt.date, **more: Any) -> list[Lesson]:
    parameters = {"school": current_establishment_id(), "first": first, "last": last, **more}
    with connection.cursor() as cursor:
        cursor.execute(_LESSONS.format(only=only), parameters)
        return [Lesson(*row) for row in cursor.fetchall()]
