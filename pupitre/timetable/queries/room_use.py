"""The rooms of the timetable taken by something else than a lesson, as whoever moves lessons looks at them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pupitre.establishments.room_use import RoomUse, place_key, room_uses
from pupitre.timetable.models import Classroom


@dataclass(frozen=True, slots=True)
class TakenRooms:
    """What takes the rooms of the school in some days, by room."""

    uses: Sequence[tuple[int, RoomUse]]

    def of(self, room: int | None, on: dt.date, starts_at: dt.time, ends_at: dt.time) -> list[RoomUse]:
        """What takes a room at some hours."""
        return [use for pk, use in self.uses if pk == room and use.meets(on, starts_at, ends_at)]

    def at(self, on: dt.date, starts_at: dt.time, ends_at: dt.time) -> set[int]:
        """The rooms taken at some hours."""
        return {pk for pk, use in self.uses if use.meets(on, starts_at, ends_at)}


def rooms_taken(rooms: Iterable[Classroom], first: dt.date, last: dt.date) -> TakenRooms:
    """What takes these rooms, known by their code or their name, between two days; one statement."""
    by_name = {place_key(name): room.pk for room in rooms for name in (room.label, room.code) if name}
    found = ((by_name.get(place_key(use.place)), use) for use in room_uses(first, last))
    return TakenRooms([(room, use) for room, use in found if room is not None])
