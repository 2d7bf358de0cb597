"""What the calendar tells the rooms above, once it is committed."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OutingApproved:
    """The head approved an outing, or who goes changed since: `student_ids` are schoolings, `staff_ids` persons.

    `going_ids`, of those schoolings: all of them when the outing is compulsory, else those whose family agreed.
    `starts_at` and `ends_at` are instants; an outing of whole days goes from midnight to midnight.
    """

    establishment_id: int
    outing_id: int
    student_ids: tuple[int, ...]
    staff_ids: tuple[int, ...]
    starts_at: dt.datetime
    ends_at: dt.datetime
    label: str
    going_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class OutingCancelled:
    """An outing that had been approved does not take place."""

    establishment_id: int
    outing_id: int


@dataclass(frozen=True, slots=True)
class CouncilDated:
    """The council of a class in a term was planned, moved or cancelled (`held_on` is None). Told inside the transaction."""

    establishment_id: int
    group_id: int
    term_id: int
    held_on: dt.date | None
