"""Where each class stands at the end of a term: dossiers that wait, registers that miss, closed or not."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from pupitre.attendance.models import AbsenceCase, ClosedTerm, RollCall
from pupitre.attendance.queries.cases import TO_SETTLE
from pupitre.directory.activation import divisions_of_today
from pupitre.directory.models import Group, Membership
from pupitre.establishments.models import Term
from pupitre.foundation import clock


@dataclass(frozen=True, slots=True)
class ClassOfTerm:
    """A class in a term. `waiting`: dossiers nobody settled; `missing`: registers never taken."""

    division: Group
    waiting: int
    missing: int
    closed: ClosedTerm | None


def terms_of_year() -> list[Term]:
    """The terms of the current school year, in order; one statement."""
    today = clock.today()
    rows = Term.objects.filter(school_year__starts_on__lte=today, school_year__ends_on__gte=today)
    return list(rows.order_by("starts_on"))


def classes_of_term(term: Term) -> list[ClassOfTerm]:
    """The classes of the year with what is left to do in a term; four statements, whatever their number."""
    divisions: Sequence[Group] = list(divisions_of_today().order_by("label"))
    closed = {each.division_id: each for each in ClosedTerm.objects.filter(term=term, reopened_at=None)}
    cases = AbsenceCase.objects.filter(state__in=TO_SETTLE, ends_on__range=(term.starts_on, term.ends_on))
    waiting = dict(
        Membership.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=term.starts_on), group__in=divisions, starts_on__lte=term.ends_on,
            student__absence_cases__in=cases,
        ).values("group").annotate(n=Count("student__absence_cases", distinct=True)).values_list("group", "n")
    )  # fmt: skip
    last = min(term.ends_on, clock.today())
    missing = dict(
        RollCall.objects.filter(
            state=RollCall.State.PREPARED, held_on__range=(term.starts_on, last), held_on__lt=clock.today(),
            group__in=divisions,
        ).exclude(student_ids=[]).values("group").annotate(n=Count("pk")).values_list("group", "n")
    )  # fmt: skip
    return [
        ClassOfTerm(each, waiting.get(each.pk, 0), missing.get(each.pk, 0), closed.get(each.pk)) for each in divisions
    ]
