"""What can be booked: the rooms of the timetable, and the equipment that the office lends."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from django.db.models import Count

from pupitre.booking.models import Booking, Equipment
from pupitre.foundation.ui.french import capfirst
from pupitre.timetable.models import Classroom, TimetableSlot
from pupitre.timetable.words import room_name

Kind = Literal["room", "equipment"]
LETTERS: dict[str, Kind] = {"s": "room", "m": "equipment"}
# A school whose timetable is not there yet.
_BY_DEFAULT = [(dt.time(hour), dt.time(hour + 1)) for hour in range(8, 18)]

Hours = tuple[dt.time, dt.time]


@dataclass(frozen=True, slots=True)
class Resource:
    """A room or an equipment; `most_lessons`: how many it may be out, 0 when nothing is said."""

    kind: Kind
    pk: int
    name: str
    place: str = ""
    most_lessons: int = 0
    # Of a room: how the timetable names it.
    code: str = ""

    @property
    def key(self) -> str:
        """How addresses and forms name it: « s12 », « m3 »."""
        return f"{'s' if self.kind == 'room' else 'm'}{self.pk}"


def of_room(room: Classroom) -> Resource:
    """A room as a thing to book."""
    return Resource("room", room.pk, room.label or capfirst(room_name(room.code)), code=room.code)


def of_equipment(row: Equipment) -> Resource:
    """An equipment as a thing to book."""
    return Resource("equipment", row.pk, row.name, row.place, row.most_lessons or 0)


def of_booking(row: Booking) -> Resource:
    """What a booking takes; its room or equipment was read with it."""
    return of_room(row.classroom) if row.classroom_id else of_equipment(row.equipment)


def resources(kind: Kind) -> list[Resource]:
    """Everything of a kind that may be booked, by name; one statement."""
    if kind == "room":
        return [of_room(each) for each in Classroom.objects.order_by("code")]
    return [of_equipment(each) for each in Equipment.objects.filter(is_lent=True).order_by("name")]


def lesson_hours() -> list[Hours]:
    """The hours at which the school has lessons, the most usual ones, none over another; one statement."""
    slots = TimetableSlot.objects.filter(course__ends_on=None).values_list("starts_at", "ends_at")
    found: list[Hours] = []
    for starts, ends, _times in slots.annotate(times=Count("pk")).order_by("-times", "starts_at", "ends_at"):
        if not any(starts < other_ends and other_starts < ends for other_starts, other_ends in found):
            found.append((starts, ends))
    return sorted(found) or _BY_DEFAULT
