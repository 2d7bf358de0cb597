"""Which class in which term an address names, and what its reader may do there; else the page does not exist."""

from dataclasses import dataclass

from django.http import Http404

from pupitre.councils.models import Sitting
from pupitre.councils.policies import MANAGE, VIEW
from pupitre.directory.models import Group
from pupitre.establishments.models import Term
from pupitre.foundation.access import allowed, get_allowed_or_404
from pupitre.foundation.actor import Actor


@dataclass(frozen=True, slots=True)
class Asked:
    """A class in a term. `prepares`: at any time, with everything; `runs`: writes of the class and opens; `decides`: the head."""

    division: Group
    term: Term
    prepares: bool
    runs: bool
    decides: bool


def class_asked(actor: Actor, term: int, pk: int) -> Asked:
    """For those who prepare the council. Raises Http404; two statements."""
    found = _prepared(actor, term, pk)
    if found is None:
        raise Http404
    return found


def class_attended(actor: Actor, term: int, pk: int) -> Asked:
    """For those who prepare it, and while it sits for those who attend. Raises Http404; two statements, one more for these."""
    found = _prepared(actor, term, pk)
    if found is not None:
        return found
    rows = Sitting.objects.select_related("division", "term")
    sitting = get_allowed_or_404(actor, "councils.attend", rows, term=term, division=pk)
    return Asked(sitting.division, sitting.term, prepares=False, runs=False, decides=False)


def class_run(actor: Actor, term: int, pk: int) -> Asked:
    """For those who run it. Raises Http404."""
    found = class_asked(actor, term, pk)
    if not found.runs:
        raise Http404
    return found


def _prepared(actor: Actor, term: int, pk: int) -> Asked | None:
    # With its school, whose name stands at the head of what is printed.
    divisions = Group.objects.filter(kind=Group.Kind.DIVISION).select_related("establishment")
    division: Group | None = allowed(actor, "councils.prepare_class", divisions).filter(pk=pk).first()
    if division is None:
        return None
    found: Term | None = Term.objects.filter(pk=term, school_year=division.school_year_id).first()
    if found is None:
        return None
    # Without the right to read everything, only leading the class let them in.
    runs = actor.has(MANAGE) or not actor.has(VIEW)
    if not runs:
        runs = allowed(actor, "councils.run_class", Group.objects.all()).filter(pk=pk).exists()
    return Asked(division, found, prepares=True, runs=runs, decides=actor.has(MANAGE))
