"""The classes whose councils somebody follows in a term: day, sitting, what misses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from pupitre.councils.models import Sitting
from pupitre.councils.queries.missing import Missing, missing_in
from pupitre.councils.queries.planned import Planned, planned_councils
from pupitre.directory.activation import divisions_of_today
from pupitre.directory.models import Group
from pupitre.establishments.models import Term
from pupitre.foundation.access import allowed, may
from pupitre.foundation.actor import Actor


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class: when its council is held, how far it is, what misses."""

    division: Group
    planned: Planned | None
    sitting: Sitting | None
    missing: Missing


def classes_of(actor: Actor, term: Term, sittings: Sequence[Sitting]) -> list[ClassLine]:
    """The classes that the actor prepares, the next council first, those without a day last; three statements."""
    divisions: Sequence[Group] = list(
        allowed(actor, "councils.prepare_class", divisions_of_today().filter(school_year=term.school_year_id))
    )
    if not divisions:
        return []
    numbers = [each.pk for each in divisions]
    planned = planned_councils(term.pk, numbers)
    held = {each.division_id: each for each in sittings if each.term_id == term.pk}
    missing = missing_in(term, numbers)
    lines = [
        ClassLine(each, planned.get(each.pk), held.get(each.pk), missing[each.pk])
        for each in sorted(divisions, key=lambda each: each.label)
    ]
    return sorted(lines, key=lambda line: (line.planned is None, line.planned.on.isoformat() if line.planned else ""))


def sittings_of(actor: Actor, term: Term) -> list[Sitting]:
    """The councils of a term, and those of another that sit now, by class; `attends` and `reads` say what the actor may do of each.

    One statement. Their texts are not read.
    """
    rows = Sitting.objects.select_related("division", "term").defer("summary", "minutes")
    rows = rows.annotate(attends=may(actor, "councils.attend"), reads=may(actor, "councils.read_summary"))
    return list(rows.filter(Q(term=term) | Q(state=Sitting.State.OPEN)).order_by("division__label"))


def attended(sittings: Iterable[Sitting]) -> list[Sitting]:
    """Those that sit now and that the actor attends."""
    return [each for each in sittings if each.state == Sitting.State.OPEN and getattr(each, "attends", False)]


def summaries_read(sittings: Iterable[Sitting], term: Term) -> list[Sitting]:
    """Those of a term whose summary was published and that the actor reads."""
    told = (each for each in sittings if each.term_id == term.pk and each.published_at is not None)
    return [each for each in told if getattr(each, "reads", False)]
