"""The lessons of a student, as families see their week: what is published."""

import datetime as dt

from django.http import QueryDict

from pupitre.foundation import clock
from pupitre.integrations.api.asked import page_of, span_of
from pupitre.integrations.api.queries.calling import Call
from pupitre.integrations.api.records import Lesson, Lessons
from pupitre.timetable.year import DatedLesson, lessons_of, year_of_student


def timetable(call: Call, query: QueryDict) -> Lessons:
    """The lessons of some days, this week unless told; one statement."""
    today = clock.today()
    monday = today - dt.timedelta(days=today.weekday())
    span = span_of(query, monday, monday + dt.timedelta(days=6))
    year = year_of_student(call.actor.establishment_id, call.child.person_id, span.first)
    held = [each for each in lessons_of(year, span.first) if span.holds(each.on)] if year else []
    shown, after = page_of(query, held, lambda each: f"{each.on}T{each.starts_at} {each.key}")
    return Lessons([_lesson(each) for each in shown], after)


def _lesson(each: DatedLesson) -> Lesson:
    return Lesson(
        id=each.key,
        starts_at=instant(each.on, each.starts_at),
        ends_at=instant(each.on, each.ends_at),
        subject=each.subject,
        group=each.group,
        room=each.room,
        teachers=each.teachers,
        state=each.state,
        is_changed=each.sequence > 0 or each.state != "held",
        is_test=each.is_test,
        note=each.reason,
    )


def instant(day: dt.date, time: dt.time) -> dt.datetime:
    """An hour of the school, with its offset that day."""
    return dt.datetime.combine(day, time, clock.PARIS)
