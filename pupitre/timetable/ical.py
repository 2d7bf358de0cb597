"""Lessons as an iCalendar file (RFC 5545), in UTC: whatever the application believes of summer time, the hour is right."""

import datetime as dt

from icalendar import Calendar, Event

from pupitre.foundation import clock
from pupitre.timetable.year import Year, YearlySlot, days_of

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
        since = today - dt.timedelta(days=DAYS_BEFORE)
        told = ((day, slot) for slot in year.slots for day in days_of(slot, year, since))
        for day, slot in sorted(told, key=lambda each: (each[0], each[1].starts_at, each[1].id)):
            calendar.add_component(_event(day, slot, uai, today, for_teacher=for_teacher))
    return calendar.to_ical()


def _event(day: dt.date, slot: YearlySlot, uai: str, today: dt.date, *, for_teacher: bool) -> Event:
    event = Event()
    event.add("uid", f"{slot.id}-{day:%Y%m%d}@{uai.lower()}.pupitre")
    event.add("dtstamp", _instant(today, dt.time()))
    event.add("dtstart", _instant(day, slot.starts_at))
    event.add("dtend", _instant(day, slot.ends_at))
    event.add("summary", f"{slot.group}, {slot.subject}" if for_teacher else slot.subject)
    if slot.room:
        event.add("location", slot.room)
    if slot.teachers and not for_teacher:
        event.add("description", slot.teachers)
    return event


def _instant(day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time, clock.PARIS).astimezone(dt.UTC)
