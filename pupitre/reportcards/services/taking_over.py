"""Bulletins that another tool gave, kept as its exports tell them, and taken back.

Their averages of the year under way count through `gradebook.services.taking_averages`; nothing else enters what is computed here.
Nobody is told: families had them from the other tool, and read them here by the rule of any bulletin.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.gradebook.services.stamping import see_marks_again
from pupitre.notifications.queries import hours_of
from pupitre.notifications.quiet_hours import opens_at
from pupitre.reportcards.models import PastCard, PastResult, PastWhole
from pupitre.reportcards.queries.past import PastKey

_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Past:
    """A line of a file: whose, of which period, in which class as the file calls it."""

    student_id: int
    year: int
    period: str
    division: str

    @property
    def key(self) -> PastKey:
        """What makes two lines of the same bulletin."""
        return self.student_id, self.year, self.period


@dataclass(frozen=True, slots=True)
class PastSubject(Past):
    """What it says of a subject; averages as they are shown."""

    subject: str
    teacher: str
    value: str
    class_value: str
    text: str


@dataclass(frozen=True, slots=True)
class PastSummary(Past):
    """What it says of the student as a whole."""

    value: str
    class_value: str
    text: str
    mention: str
    half_days: int | None
    unjustified: int | None
    lates: int | None


@transaction.atomic
def take_over(
    subjects: Sequence[PastSubject], summaries: Sequence[PastSummary], *, origin: str, actor: Actor | None
) -> dict[str, list[int]]:  # fmt: skip
    """Keep what a file says, completing the bulletins that another file began; what was made, by table.

    Whoever calls has left aside what is here. Four statements a batch, three more for the pages of families.
    """
    if not subjects and not summaries:
        return {}
    cards = _cards([*subjects, *summaries], origin, actor)
    school = current_establishment_id()
    results = PastResult.objects.bulk_create(
        [
            PastResult(
                establishment_id=school, card_id=cards[each.key], subject=each.subject, teacher=each.teacher,
                value=each.value, class_value=each.class_value, text=each.text,
            )
            for each in subjects
        ],
        batch_size=_BATCH,
    )  # fmt: skip
    wholes = PastWhole.objects.bulk_create(
        [
            PastWhole(
                establishment_id=school, card_id=cards[each.key], value=each.value, class_value=each.class_value,
                text=each.text, mention=each.mention, half_days=each.half_days, unjustified=each.unjustified,
                lates=each.lates,
            )
            for each in summaries
        ],
        batch_size=_BATCH,
    )  # fmt: skip
    audit.record(
        actor, "reportcards.take_over", None, subjects=len(results), wholes=len(wholes), establishment_id=school
    )
    see_marks_again({each.student_id for each in (*subjects, *summaries)})
    return {"past_result": [each.pk for each in results], "past_whole": [each.pk for each in wholes]}


@transaction.atomic
def take_back(made: Mapping[str, Sequence[int]], *, actor: Actor | None) -> int:
    """Remove what a file gave, and the bulletins in which nothing is left; how many rows were removed."""
    results = PastResult.objects.filter(pk__in=made.get("past_result", ()))
    wholes = PastWhole.objects.filter(pk__in=made.get("past_whole", ()))
    cards = {*results.values_list("card_id", flat=True), *wholes.values_list("card_id", flat=True)}
    students = set(PastCard.objects.filter(pk__in=cards).values_list("student_id", flat=True))
    count = int(results.delete()[0] + wholes.delete()[0])
    PastCard.objects.filter(pk__in=cards, results=None, wholes=None).delete()
    audit.record(actor, "reportcards.take_back", None, rows=count, establishment_id=current_establishment_id())
    see_marks_again(students)
    return count


def _cards(pasts: Iterable[Past], origin: str, actor: Actor | None) -> dict[PastKey, int]:
    """The bulletin of each line, made when there is none; two statements."""
    wanted: dict[PastKey, Past] = {}
    for each in pasts:
        if each.key not in wanted or not wanted[each.key].division:
            wanted[each.key] = each
    now = clock.now()
    published_at = opens_at(hours_of(current_establishment_id()), now)
    PastCard.objects.bulk_create(
        [
            PastCard(
                establishment_id=current_establishment_id(), student_id=each.student_id, year=each.year,
                period=each.period, division=each.division, origin=origin, published_at=published_at, taken_at=now,
                taken_by_id=actor.person_id if actor else None,
            )
            for each in wanted.values()
        ],
        batch_size=_BATCH,
        ignore_conflicts=True,
    )  # fmt: skip
    rows = PastCard.objects.filter(student__in={each.student_id for each in wanted.values()})
    return {
        (student, year, period): pk
        for student, year, period, pk in rows.values_list("student_id", "year", "period", "pk")
    }
