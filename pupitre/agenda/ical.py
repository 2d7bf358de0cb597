"""Events as an iCalendar file (RFC 5545): hours in UTC, so that they are right whatever the application thinks of summer time.

Each occurrence is written apart: every application reads it, whatever it knows of recurrences.
"""

import datetime as dt
from collections.abc import Iterable

from icalendar import Calendar, Event

from pupitre.agenda import models
from pupitre.agenda.queries.calendar import EventRow
from pupitre.foundation import clock

REFRESHED_EVERY = dt.timedelta(minutes=15)
DAYS_BEFORE, DAYS_AFTER = 30, 400
"""What a feed tells: a month back, and until the end of any school year."""


def write_calendar(name: str, uai: str, rows: Iterable[EventRow]) -> bytes:
    """The file of what somebody sees; no student, no answer and no minutes are ever named in it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Pupitre//Agenda//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESHED_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT15M")
    stamp = dt.datetime.combine(clock.today(), dt.time(), clock.PARIS).astimezone(dt.UTC)
    for row in rows:
        calendar.add_component(_event(row, uai, stamp))
    return calendar.to_ical()


def _event(row: EventRow, uai: str, stamp: dt.datetime) -> Event:
    event = Event()
    event.add("uid", f"{row.id}-{row.starts_on:%Y%m%d}@{uai.lower()}.agenda.pupitre")
    event.add("dtstamp", stamp)
    if row.starts_at and row.ends_at:
        event.add("dtstart", _instant(row.starts_on, row.starts_at))
        event.add("dtend", _instant(row.ends_on, row.ends_at))
    else:
        event.add("dtstart", row.starts_on)
        # The end of whole days is the morning after.
        event.add("dtend", row.ends_on + dt.timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    event.add("summary", row.title)
    event.add("categories", [str(models.Event.Kind(row.kind).label)])
    if row.place:
        event.add("location", row.place)
    if row.is_cancelled:
        event.add("status", "CANCELLED")
    if row.is_personal:
        event.add("class", "PRIVATE")
    return event


def _instant(day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time, clock.PARIS).astimezone(dt.UTC)
