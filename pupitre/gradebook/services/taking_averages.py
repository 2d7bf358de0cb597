"""Averages of past terms as the bulletins of another tool gave them, taken over, and taken back.

They count as they are in the year, in the LSU and in the DNB. Nobody is told: families had them from the other tool.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.gradebook.models import TakenAverage
from pupitre.gradebook.services.stamping import see_marks_again
from pupitre.notifications.queries import hours_of
from pupitre.notifications.quiet_hours import opens_at

_BATCH = 2000


@dataclass(frozen=True, slots=True)
class PastAverage:
    """The average of a student in a term that is over; without a course, the general one."""

    student_id: int
    term_id: int
    course_id: int | None
    value: Decimal

    @property
    def key(self) -> tuple[int, int, int | None]:
        """What makes two averages the same one."""
        return self.student_id, self.term_id, self.course_id


@transaction.atomic
def take_averages(averages: Sequence[PastAverage], *, origin: str, actor: Actor | None) -> dict[str, list[int]]:
    """Keep the averages of another tool, called `origin`; what was made, by table.

    Whoever calls has left aside those that are here.
    """
    if not averages:
        return {}
    school, seen_at = current_establishment_id(), opens_at(hours_of(current_establishment_id()), clock.now())
    rows = TakenAverage.objects.bulk_create(
        [
            TakenAverage(
                establishment_id=school, student_id=each.student_id, term_id=each.term_id, course_id=each.course_id,
                value=each.value, origin=origin, seen_at=seen_at,
            )
            for each in averages
        ],
        batch_size=_BATCH,
    )  # fmt: skip
    _record(actor, "gradebook.take_averages", rows)
    return {"taken_average": [each.pk for each in rows]}


@transaction.atomic
def forget_averages(made: Mapping[str, Sequence[int]], *, actor: Actor | None) -> None:
    """Take back what a file gave."""
    rows = list(TakenAverage.objects.filter(pk__in=made.get("taken_average", ())))
    TakenAverage.objects.filter(pk__in=[each.pk for each in rows]).delete()
    if rows:
        _record(actor, "gradebook.forget_averages", rows)


def _record(actor: Actor | None, verb: str, rows: Sequence[TakenAverage]) -> None:
    audit.record(actor, verb, None, averages=len(rows), establishment_id=current_establishment_id())
    see_marks_again({each.student_id for each in rows})
