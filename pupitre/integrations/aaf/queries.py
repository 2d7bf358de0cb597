"""The archives of an academy, and the schools of one archive."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from pupitre.establishments.models import Establishment
from pupitre.foundation.actor import Actor
from pupitre.integrations.aaf.grammar import Category
from pupitre.integrations.aaf.models import Batch, SchoolPart
from pupitre.integrations.aaf.words import CATEGORIES

State = SchoolPart.State
# What asks for somebody first.
_ORDER = (
    State.FAILED,
    State.HELD,
    State.READY,
    State.WAITING,
    State.UNOPENED,
    State.SAME,
    State.APPLIED,
    State.REPLACED,
)


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """What an archive says of a category."""

    label: str
    read: int
    new: int
    changed: int
    gone: int


def academy_of(actor: Actor) -> str:
    """The academy of the open school; « » when it is not known."""
    return Establishment.objects.values_list("academy", flat=True).get(pk=actor.establishment_id)


def categories_of(batch: Batch) -> list[CategoryRow]:
    """The figures of an archive, a row a category."""
    return [
        CategoryRow(str(CATEGORIES[category]), *(told.get(name, 0) for name in ("read", "new", "changed", "gone")))
        for category in Category
        if (told := batch.counts.get(str(int(category))))
    ]


def states_of(batch: Batch) -> list[tuple[str, str, int]]:
    """(state, its words, how many schools), those that ask for somebody first; one statement."""
    counted = Counter(dict(batch.parts.order_by().values_list("state").annotate(Count("pk"))))
    return [(str(state), str(State(state).label), counted[state]) for state in _ORDER if counted[state]]


def parts_of(batch: Batch, state: str = "") -> QuerySet[SchoolPart]:
    """The schools of an archive, by UAI."""
    parts = batch.parts.select_related("establishment").order_by("uai", "structure").defer("taking")
    return parts.filter(state=state) if state in State.values else parts


def differences_of(batch: Batch) -> int:
    """How many changes wait in all its schools."""
    ready = batch.parts.filter(state__in=[State.READY, State.HELD])
    return int(ready.aggregate(n=Sum("differences"))["n"] or 0)
