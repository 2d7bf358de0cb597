"""Lessons as an iCalendar file (RFC 5545), in UTC: whatever the application believes of summer time, the hour is right."""

import datetime as dt

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from pupitre.foundation import clock
from pupitre.timetable.year import DatedLesson, Year, lessons_of

REFRESHED_EVERY = dt.timedelta(minutes=15)
DAYS_BEFORE = 14
"""Past lessons that a feed still tells: two weeks are enough to look back, and keep the file light."""


def write_calendar(name: str, uai: str, year: Year | None, today: dt.date, *, for_teacher: bool) -> bytes:
    """The file of a feed: the lessons since two weeks ago. No mark, no absence and no student is ever named in it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Pupitre//Emploi du temps//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    # Two spellings of the same wish: RFC 7986, and what came before it.
    calendar.add("refresh-interval", REFRESHED_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT15M")
    if year:
        for lesson in lessons_of(year, today - dt.timedelta(days=DAYS_BEFORE)):
            calendar.add_component(_event(lesson, uai, today, for_teacher=for_teacher))
    return calendar.to_ical()


def _event(lesson: DatedLesson, uai: str, today: dt.date, *, for_teacher: bool) -> Event:
    event = Event()
    event.add("uid", f"{lesson.key}@{uai.lower()}.pupitre")
    event.add("dtstamp", _instant(today, dt.time()))
    # The same name and a higher number: calendars move, or cross out, what they already hold.
    event.add("sequence", lesson.sequence)
    event.add("status", "CANCELLED" if lesson.state == "cancelled" else "CONFIRMED")
    event.add("dtstart", _instant(lesson.on, lesson.starts_at))
    event.add("dtend", _instant(lesson.on, lesson.ends_at))
    event.add("summary", _summary(lesson, for_teacher=for_teacher))
    if lesson.room:
        event.add("location", lesson.room)
    details = [lesson.teachers if not for_teacher else "", lesson.reason]
    if any(details):
        event.add("description", "\n".join(each for each in details if each))
    return event


def _summary(lesson: DatedLesson, *, for_teacher: bool) -> str:
    name = f"{lesson.group}, {lesson.subject}" if for_teacher else lesson.subject
    words = {"cancelled": _("Annulé"), "outing": _("Sortie"), "internship": _("Stage")}
    said = words.get(lesson.state, _("Devoir surveillé") if lesson.is_test else "")
    return f"{said} – {name}" if said else name


def _instant(day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time, clock.PARIS).astimezone(dt.UTC)
