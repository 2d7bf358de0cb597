"""What each night found when every half-day of the year was counted again."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from pupitre.attendance.half_days import Standing
from pupitre.attendance.models import NightlyRecount
from pupitre.attendance.models.cases import STANDINGS
from pupitre.directory.models import Student
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor

NIGHTS = 30
_LABELS = {Standing(value): label for value, label in STANDINGS}


@dataclass(frozen=True, slots=True)
class Difference:
    """A half-day that was mended; a standing is empty where there was no half-day."""

    student: str
    on: dt.date
    half: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Night:
    """A night, and what it mended."""

    recount: NightlyRecount
    differences: Sequence[Difference]


def last_nights(actor: Actor) -> list[Night]:
    """The last nights, the newest first; two statements."""
    rows = allowed(actor, "attendance.view_recount", NightlyRecount.objects.order_by("-at", "-pk"))
    nights = list(rows[:NIGHTS])
    ids = {row[0] for night in nights for row in night.rows}
    names = {each.pk: str(each) for each in Student.objects.filter(pk__in=ids).select_related("person")}
    return [Night(night, [_difference(row, names) for row in night.rows]) for night in nights]


def _difference(row: Sequence[object], names: dict[int, str]) -> Difference:
    student, on, half, before, after = row
    return Difference(
        names.get(int(str(student)), ""), dt.date.fromisoformat(str(on)), str(half), _label(before), _label(after)
    )


def _label(standing: object) -> str:
    return "" if standing is None else str(_LABELS[Standing(int(str(standing)))])
