"""What takes the rooms of a school besides its lessons: a booking, a council, an evening of meetings.

Rooms side by side do not know one another: those that know tell it, those that plan ask here. Places are written by hand in
some of them, so that a room is known by its name: « Salle 204 », « 204 » and « salle  204 » are one.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from pupitre.establishments.scope import current_establishment_id


@dataclass(frozen=True, slots=True)
class RoomUse:
    """Some hours of a day when a place is taken, and by what: « réservée par Mme Roussel (Exposés) »."""

    place: str
    on: dt.date
    starts_at: dt.time
    ends_at: dt.time
    label: str

    def meets(self, on: dt.date, starts_at: dt.time, ends_at: dt.time) -> bool:
        """Whether it is during some hours."""
        return self.on == on and self.starts_at < ends_at and starts_at < self.ends_at


@dataclass(frozen=True, slots=True)
class _Source:
    sql: str
    say: Callable[[list[str]], str]


_sources: dict[str, _Source] = {}


def tell_room_use(key: str, sql: str, say: Callable[[list[str]], str]) -> None:
    """Offer a source, `room.name`: a select giving (place, day, start, end, words as text[]) in the school `%(school)s`, between
    the days `%(first)s` and `%(last)s`; `say` makes a label of the words. Raises RuntimeError when the key is offered twice.
    """
    if key in _sources:
        raise RuntimeError(f"{key} is offered twice")
    _sources[key] = _Source(sql, say)


def room_uses(first: dt.date, last: dt.date, *, besides: str = "") -> list[RoomUse]:
    """What takes places between two days, by day and hour, `besides` one source; one statement, none without sources."""
    asked = {key: each for key, each in sorted(_sources.items()) if key != besides}
    if not asked:
        return []
    parts = [
        f"select '{key}', u.* from ({each.sql}) u(place, on_day, starts_at, ends_at, words)"  # noqa: S608
        for key, each in asked.items()
    ]
    parameters: dict[str, Any] = {"school": current_establishment_id(), "first": first, "last": last}
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(parts) + " order by 3, 4, 2", parameters)
        rows = cursor.fetchall()
    return [RoomUse(place, on, starts, ends, asked[key].say(words)) for key, place, on, starts, ends, words in rows]


def place_key(text: str) -> str:
    """How a place written by hand is compared with the name of a room."""
    words = text.casefold().replace("\N{NO-BREAK SPACE}", " ").split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "salle" else words)
