"""A person's lessons from a day to the end of the school year, one by one: weekly slots laid on the calendar."""

import datetime as dt
from collections.abc import Iterator

import msgspec

from pupitre.timetable import sql
from pupitre.timetable.models import CalendarFeed
from pupitre.timetable.queries import ask


class Closed(msgspec.Struct, frozen=True, gc=False):
    """Days without lessons, both ends included."""

    starts_on: dt.date
    ends_on: dt.date


class YearlySlot(msgspec.Struct, frozen=True, gc=False):
    """A weekly lesson and the days between which it is this person's. Hours are those of the school."""

    id: int
    weekday: int
    starts_at: dt.time
    ends_at: dt.time
    weeks: int
    since: dt.date
    until: dt.date
    subject: str
    group: str
    room: str
    teachers: str


class Year(msgspec.Struct, frozen=True, gc=False):
    """The slots of a school year, with what says when they take place."""

    first_monday: dt.date
    closures: list[Closed]
    slots: list[YearlySlot]


_decode = msgspec.json.Decoder(Year | None).decode


def year_of(feed: CalendarFeed, day: dt.date) -> tuple[Year | None, str]:
    """What a feed tells in the school year of `day`, and its text, the same as long as nothing changed; one statement."""
    lessons = sql.year_of_student("%(person)s") if feed.student_id else sql.year_of_teacher("%(person)s")
    parameters = {"person": feed.student_id or feed.reader_id, "day": day}
    text = ask(feed.establishment_id, f"coalesce({lessons}, 'null')", parameters)
    return _decode(text), text


def days_of(slot: YearlySlot, year: Year, since: dt.date) -> Iterator[dt.date]:
    """The days from `since` on when a slot takes place, in order."""
    for week in range(slot.weeks.bit_length()):
        if not slot.weeks >> week & 1:
            continue
        day = year.first_monday + dt.timedelta(days=7 * week + slot.weekday - 1)
        if max(since, slot.since) <= day <= slot.until and not is_closed(day, year):
            yield day


def is_closed(day: dt.date, year: Year) -> bool:
    """Whether nobody has lessons on a day."""
    return any(each.starts_on <= day <= each.ends_on for each in year.closures)
