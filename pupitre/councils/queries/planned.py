"""The day of a council as the calendar knows it: convoked, moved and answered there."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from pupitre.agenda.models import Event, Meeting


@dataclass(frozen=True, slots=True)
class Planned:
    """When and where the council of a class is held."""

    event_id: int
    division_id: int
    on: dt.date
    starts_at: dt.time | None
    ends_at: dt.time | None
    place: str
    is_convened: bool


def planned_councils(term_id: int, divisions: Iterable[int] = ()) -> dict[int, Planned]:
    """By class, the council of a term that the calendar holds, the last planned; one statement."""
    rows = Meeting.objects.filter(
        term=term_id, group__isnull=False, event__kind=Event.Kind.COUNCIL, event__cancelled_at=None
    ).order_by("pk")
    asked = list(divisions)
    if asked:
        rows = rows.filter(group__in=asked)
    found = {}
    for each in rows.select_related("event"):
        event = each.event
        found[each.group_id] = Planned(
            event.pk, each.group_id, event.starts_on, event.starts_at, event.ends_at, event.place,
            each.convened_at is not None,
        )  # fmt: skip
    return found


def planned_council(term_id: int, division_id: int) -> Planned | None:
    """That of one class; one statement."""
    return planned_councils(term_id, [division_id]).get(division_id)
