"""The archives of an academy, and the schools of one archive."""

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


@dataclass(frozen=True, slots=True)
class StateRow:
    """How many schools of an archive are in a state, and how many changes that makes."""

    state: str
    label: str
    schools: int
    differences: int


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


def states_of(batch: Batch) -> list[StateRow]:
    """The states of its schools, those that ask for somebody first; one statement."""
    rows = batch.parts.order_by().values_list("state").annotate(Count("pk"), Sum("differences"))
    counted = {state: (count, differences) for state, count, differences in rows}
    return [StateRow(str(state), str(State(state).label), *counted[state]) for state in _ORDER if state in counted]


def parts_of(batch: Batch, state: str = "") -> QuerySet[SchoolPart]:
    """The schools of an archive, by UAI."""
    parts = batch.parts.select_related("establishment").order_by("uai", "structure").defer("taking")
    return parts.filter(state=state) if state in State.values else parts
