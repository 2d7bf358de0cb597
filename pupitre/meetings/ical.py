"""The appointments of a family as an iCalendar file (RFC 5545), in UTC."""

import datetime as dt
from collections.abc import Sequence

from icalendar import Calendar, Event

from pupitre.foundation import clock
from pupitre.meetings.models import Meeting, Wish
from pupitre.meetings.slots import instant_of, starts_of


def write_calendar(meeting: Meeting, appointments: Sequence[Wish], uai: str) -> bytes:
    """One event an appointment: with whom, where, for which child by their first name."""
    calendar = Calendar()
    calendar.add("prodid", "-//Pupitre//Rencontres//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", meeting.title)
    starts = starts_of(meeting)
    for wish in appointments:
        if wish.slot is None or wish.slot >= len(starts):
            continue
        begins = instant_of(meeting, starts[wish.slot])
        event = Event()
        event.add("uid", f"rencontre-{wish.pk}@{uai.lower()}.pupitre")
        event.add("dtstamp", clock.now().astimezone(dt.UTC))
        event.add("dtstart", begins.astimezone(dt.UTC))
        event.add("dtend", (begins + dt.timedelta(minutes=meeting.slot_minutes)).astimezone(dt.UTC))
        event.add("summary", f"{wish.teacher.name} ({wish.student.person.first_name})")
        if wish.teacher.room:
            event.add("location", wish.teacher.room)
        if wish.teacher.video_url:
            event.add("url", wish.teacher.video_url)
        calendar.add_component(event)
    return calendar.to_ical()
