"""A person's lessons from a day to the end of the school year, one by one: weekly slots laid on the calendar."""

import datetime as dt
from collections.abc import Iterator

import msgspec

from pupitre.establishments.asking import ask
from pupitre.timetable import sql
from pupitre.timetable.models import CalendarFeed


class Closed(msgspec.Struct, frozen=True, gc=False):
    """Days without lessons, both ends included."""

    starts_on: dt.date
    ends_on: dt.date


class YearlySlot(msgspec.Struct, frozen=True, gc=False):
    """A weekly lesson and the days between which it is this person's. Hours are those of the school."""

    id: int
    course: int
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


class YearlyChange(msgspec.Struct, frozen=True, gc=False):
    """A lesson that one day changed, as it is now; `is_mine`: whoever reads is still among those who teach it."""

    course: int
    held_on: dt.date
    starts_at: dt.time
    to_held_on: dt.date
    to_starts_at: dt.time
    to_ends_at: dt.time
    state: str
    is_test: bool
    sequence: int
    reason: str
    subject: str
    group: str
    room: str
    teachers: str
    is_mine: bool


class DatedLesson(msgspec.Struct, frozen=True, gc=False):
    """One lesson of one day, whatever it comes from. `key` names it as long as its week gives it, even once moved."""

    key: str
    on: dt.date
    starts_at: dt.time
    ends_at: dt.time
    subject: str
    group: str
    room: str
    teachers: str
    sequence: int = 0
    state: str = "held"
    is_test: bool = False
    reason: str = ""


class YearlyPlacement(msgspec.Struct, frozen=True, gc=False):
    """Days when a student works in a company."""

    starts_on: dt.date
    ends_on: dt.date
    company: str


class Year(msgspec.Struct, frozen=True, gc=False):
    """The slots of a school year, with what says when they take place."""

    first_monday: dt.date
    closures: list[Closed]
    slots: list[YearlySlot]
    changes: list[YearlyChange] = []
    placements: list[YearlyPlacement] = []


_decode = msgspec.json.Decoder(Year | None).decode


def year_of(feed: CalendarFeed, day: dt.date) -> tuple[Year | None, str]:
    """What a feed tells in the school year of `day`, and its text, the same as long as nothing changed; one statement."""
    lessons = sql.year_of_student("%(person)s") if feed.student_id else sql.year_of_teacher("%(person)s")
    text = _ask(feed.establishment_id, lessons, feed.student_id or feed.reader_id, day)
    return _decode(text), text


def year_of_student(establishment_id: int, person_id: int, day: dt.date) -> Year | None:
    """The school year of `day` as a student and their family see it; one statement."""
    return _decode(_ask(establishment_id, sql.year_of_student("%(person)s"), person_id, day))


def _ask(establishment_id: int, lessons: str, person_id: int, day: dt.date) -> str:
    return ask(establishment_id, f"coalesce({lessons}, 'null')", {"person": person_id, "day": day})


def lessons_of(year: Year, since: dt.date) -> list[DatedLesson]:
    """The lessons from `since` on, by day and hour: what one day changed stands in the place of the weekly lesson."""
    changed = {(each.course, each.held_on, each.starts_at) for each in year.changes}
    found = [_changed(each) for each in year.changes if max(each.held_on, each.to_held_on) >= since]
    for slot in year.slots:
        for day in days_of(slot, year, since):
            if (slot.course, day, slot.starts_at) not in changed:
                found.append(_weekly(slot, day))
    placed = [_placed(each, year) for each in found] if year.placements else found
    return sorted(placed, key=lambda each: (each.on, each.starts_at, each.key))


def _placed(lesson: DatedLesson, year: Year) -> DatedLesson:
    """A lesson that the student does not have, being in a company."""
    company = next((each.company for each in year.placements if each.starts_on <= lesson.on <= each.ends_on), "")
    return msgspec.structs.replace(lesson, state="internship", reason=company) if company else lesson


def _weekly(slot: YearlySlot, day: dt.date) -> DatedLesson:
    return DatedLesson(
        key=_key(slot.course, day, slot.starts_at),
        on=day,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        subject=slot.subject,
        group=slot.group,
        room=slot.room,
        teachers=slot.teachers,
    )


def _changed(change: YearlyChange) -> DatedLesson:
    return DatedLesson(
        key=_key(change.course, change.held_on, change.starts_at),
        on=change.to_held_on,
        starts_at=change.to_starts_at,
        ends_at=change.to_ends_at,
        subject=change.subject,
        group=change.group,
        room=change.room,
        teachers=change.teachers,
        sequence=change.sequence,
        # Who left it to another has it no more.
        state=change.state if change.is_mine else "cancelled",
        is_test=change.is_test,
        reason=change.reason,
    )


def _key(course: int, day: dt.date, starts_at: dt.time) -> str:
    return f"{course}-{day:%Y%m%d}-{starts_at:%H%M}"


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
