"""The classes whose councils somebody follows in a term: day, sitting, what misses."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupitre.councils.models import Sitting
from pupitre.councils.queries.missing import Missing, missing_in
from pupitre.councils.queries.planned import Planned, planned_councils
from pupitre.directory.activation import divisions_of_today
from pupitre.directory.models import Group
from pupitre.establishments.models import Term
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class: when its council is held, how far it is, what misses."""

    division: Group
    planned: Planned | None
    sitting: Sitting | None
    missing: Missing


def classes_of(actor: Actor, term: Term) -> list[ClassLine]:
    """The classes that the actor prepares, the next council first, those without a day last; four statements."""
    divisions: Sequence[Group] = list(
        allowed(actor, "councils.prepare_class", divisions_of_today().filter(school_year=term.school_year_id))
    )
    if not divisions:
        return []
    numbers = [each.pk for each in divisions]
    planned = planned_councils(term.pk, numbers)
    sittings = {each.division_id: each for each in Sitting.objects.filter(term=term, division__in=numbers)}
    missing = missing_in(term, numbers)
    lines = [
        ClassLine(each, planned.get(each.pk), sittings.get(each.pk), missing[each.pk])
        for each in sorted(divisions, key=lambda each: each.label)
    ]
    return sorted(lines, key=lambda line: (line.planned is None, line.planned.on.isoformat() if line.planned else ""))


def open_sittings(actor: Actor) -> list[Sitting]:
    """The councils that sit now and that the actor attends; one statement."""
    rows = Sitting.objects.filter(state=Sitting.State.OPEN).select_related("division", "term")
    return list(allowed(actor, "councils.attend", rows).order_by("division__label"))


def summaries_read(actor: Actor, term: Term) -> list[Sitting]:
    """The summaries of a term that were published and that the actor reads; one statement."""
    rows = Sitting.objects.filter(term=term, published_at__isnull=False).select_related("division", "term")
    return list(allowed(actor, "councils.read_summary", rows).order_by("division__label"))
