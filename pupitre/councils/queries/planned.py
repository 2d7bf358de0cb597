"""The day of a council as the calendar knows it: convoked, moved and answered there."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from pupitre.councils import sql
from pupitre.establishments.scope import current_establishment_id


@dataclass(frozen=True, slots=True)
class Planned:
    """When and where the council of a class is held; `event_id` is None when only its day is known."""

    event_id: int | None
    division_id: int
    on: dt.date
    starts_at: dt.time | None
    ends_at: dt.time | None
    place: str
    is_convened: bool


def planned_councils(term_id: int, divisions: Iterable[int]) -> dict[int, Planned]:
    """By class, the council of a term: the one that the calendar holds, else the day alone of « Périodes »; one statement."""
    facts: dict[str, Any] = {"school": current_establishment_id(), "term": term_id, "divisions": list(divisions)}
    with connection.cursor() as cursor:
        cursor.execute(sql.PLANNED, facts)
        return {row[1]: Planned(*row) for row in cursor.fetchall()}


def planned_council(term_id: int, division_id: int) -> Planned | None:
    """That of one class; one statement."""
    return planned_councils(term_id, [division_id]).get(division_id)
