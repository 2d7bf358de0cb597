"""When rooms and equipment are taken: by lessons as they are held, and by bookings."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from pupitre.booking.models import Booking
from pupitre.booking.queries.resources import Resource
from pupitre.booking.sql import LESSONS_IN_ROOMS
from pupitre.establishments.room_use import place_key, room_uses
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation.clock import PARIS
from pupitre.foundation.ui.french import in_paris

OWN_USES = "booking.bookings"
"""How bookings are named among what takes rooms."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Some hours of a day when a thing is not free: a lesson (« Mathématiques, 4e B »), a booking, or another use of a room."""

    key: str
    on: dt.date
    starts_at: dt.time
    ends_at: dt.time
    lesson: str = ""
    booking: Booking | None = None
    use: str = ""

    def meets(self, starts_at: dt.time, ends_at: dt.time) -> bool:
        """Whether it is during some hours of its day."""
        return self.starts_at < ends_at and starts_at < self.ends_at


def lessons_in(rooms: Collection[int], days: Collection[dt.date]) -> list[Taken]:
    """The lessons held in some rooms on some days; one statement, none without rooms."""
    if not rooms or not days:
        return []
    parameters: dict[str, Any] = {"school": current_establishment_id(), "rooms": list(rooms), "days": list(days)}
    with connection.cursor() as cursor:
        cursor.execute(LESSONS_IN_ROOMS, parameters)
        return [
            Taken(f"s{room}", on, starts, ends, f"{subject}, {group}")
            for room, on, starts, ends, subject, group in cursor.fetchall()
        ]


def taken_on(things: Iterable[Resource], days: Sequence[dt.date]) -> dict[str, list[Taken]]:
    """What takes some things on some days, by key, in the order of hours; two statements, one more for rooms."""
    known = list(things)
    rooms = [each.pk for each in known if each.kind == "room"]
    equipment = [each.pk for each in known if each.kind == "equipment"]
    found: dict[str, list[Taken]] = defaultdict(list)
    rows = bookings().filter(
        Q(classroom__in=rooms) | Q(equipment__in=equipment),
        starts_at__lt=dt.datetime.combine(max(days) + dt.timedelta(days=1), dt.time(), PARIS),
        ends_at__gt=dt.datetime.combine(min(days), dt.time(), PARIS),
    )
    wanted = set(days)
    every = [
        *lessons_in(rooms, days),
        *uses_of(known, days),
        *(each for each in map(of_row, rows) if each.on in wanted),
    ]
    for each in sorted(every, key=lambda taken: (taken.on, taken.starts_at, taken.lesson)):
        found[each.key].append(each)
    return found


def uses_of(things: Iterable[Resource], days: Collection[dt.date]) -> list[Taken]:
    """What else takes rooms on some days: councils, meetings, evenings; one statement, none without rooms."""
    by_name = {place_key(name): each.key for each in things if each.kind == "room" for name in (each.name, each.code)}
    if not by_name or not days:
        return []
    wanted = set(days)
    return [
        Taken(by_name[place_key(use.place)], use.on, use.starts_at, use.ends_at, use=use.label)
        for use in room_uses(min(days), max(days), besides=OWN_USES)
        if use.on in wanted and place_key(use.place) in by_name
    ]


def of_row(row: Booking) -> Taken:
    """A booking as hours of its day."""
    key = f"s{row.classroom_id}" if row.classroom_id else f"m{row.equipment_id}"
    starts, ends = in_paris(row.starts_at), in_paris(row.ends_at)
    return Taken(key, starts.date(), starts.time(), ends.time(), booking=row)


def bookings() -> QuerySet[Booking]:
    """Bookings with who and what."""
    return Booking.objects.select_related("booked_by", "classroom", "equipment")


def met_since(rows: Sequence[Booking]) -> dict[int, str]:
    """The bookings of rooms where a lesson has been put since, and which lesson; one statement."""
    mine = [of_row(row) for row in rows if row.classroom_id]
    lessons = lessons_in({row.classroom_id for row in rows if row.classroom_id}, {each.on for each in mine})
    return {
        each.booking.pk: lesson.lesson
        for each in mine
        for lesson in lessons
        if each.booking
        and (lesson.key, lesson.on) == (each.key, each.on)
        and lesson.meets(each.starts_at, each.ends_at)
    }
