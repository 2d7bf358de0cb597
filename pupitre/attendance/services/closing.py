"""Closing a term for a class: numbers are frozen for the bulletins; what is reopened says why (ATT-11)."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from pupitre.attendance.models import AbsenceCase, ClosedTerm
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.dossiers import Moves
from pupitre.attendance.stamping import see_again
from pupitre.attendance.transitions import OVER, Act, By, State
from pupitre.directory.models import Group, Membership
from pupitre.establishments.models import Term
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor


@transaction.atomic
def close_term(*, term: Term, divisions: Collection[Group], actor: Actor) -> int:
    """Lock every dossier of these classes that ends in the term; how many. Raises Refusal before the term is over."""
    if term.ends_on >= clock.today():
        raise Refusal(_("Cette période n’est pas finie. Elle pourra être close le lendemain de son dernier jour."))
    closed = set(ClosedTerm.objects.filter(term=term, reopened_at=None).values_list("division_id", flat=True))
    wanted = [each for each in divisions if each.pk not in closed]
    ClosedTerm.objects.bulk_create(
        ClosedTerm(
            establishment_id=current_establishment_id(), term=term, division=each, closed_at=clock.now(),
            closed_by_id=actor.person_id,
        )
        for each in wanted
    )  # fmt: skip
    cases = list(_cases(term, wanted).exclude(state__in=[*OVER, State.LOCKED]).select_for_update(of=("self",)))
    moves = Moves(actor.person_id, By.HEAD)
    for case in cases:
        case.contact_due_at = case.answer_due_at = None
        moves.move(case, Act.LOCK)
    moves.write()
    audit.record(actor, "attendance.close_term", term, divisions=[each.pk for each in wanted], dossiers=len(cases))
    see_again()
    return len(cases)


@transaction.atomic
def reopen_term(*, term: Term, division: Group, why: str, actor: Actor) -> int:
    """Unlock what was locked for a class, and let things be entered again; how many dossiers. Raises Refusal."""
    if not why.strip():
        raise Refusal(_("Dites pourquoi en une phrase : elle reste dans chaque dossier."))
    closing = ClosedTerm.objects.filter(term=term, division=division, reopened_at=None)
    changed = closing.update(reopened_at=clock.now(), reopened_by_id=actor.person_id, reopened_why=why[:300])
    if not changed:
        return 0
    cases = list(_cases(term, [division]).filter(state=State.LOCKED).select_for_update(of=("self",)))
    moves = Moves(actor.person_id, By.HEAD)
    for case in cases:
        moves.move(case, Act.UNLOCK, why=why)
    moves.write()
    audit.record(actor, "attendance.reopen_term", term, division=division.pk, dossiers=len(cases))
    see_again()
    return len(cases)


def refuse_closed(students: Iterable[int], days: Iterable[dt.date]) -> None:
    """Refuse what would change a closed term; one statement, none for today and after. Raises Refusal."""
    past = sorted({day for day in days if day < clock.today()})
    if not past:
        return
    held = Q(division__memberships__starts_on__lte=F("term__ends_on")) & (
        Q(division__memberships__ends_on=None) | Q(division__memberships__ends_on__gte=F("term__starts_on"))
    )
    # A day between two others may be outside the term: asked day by day only when the span meets one.
    rows = ClosedTerm.objects.filter(
        held, reopened_at=None, term__starts_on__lte=past[-1], term__ends_on__gte=past[0],
        division__memberships__student__in=set(students),
    )  # fmt: skip
    for closed in rows.select_related("term", "division")[:50]:
        if any(closed.term.starts_on <= day <= closed.term.ends_on for day in past):
            raise Refusal(
                _("%(term)s, %(group)s : la période est close. Seule la direction peut la rouvrir, en disant pourquoi.")
                % {"term": closed.term.label, "group": closed.division.label}
            )


def _cases(term: Term, divisions: Sequence[Group]) -> QuerySet[AbsenceCase]:
    """The dossiers that end in a term, of the students who were in these classes during it."""
    there = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=term.starts_on), group__in=divisions, starts_on__lte=term.ends_on
    )
    rows: QuerySet[AbsenceCase] = AbsenceCase.objects.filter(
        student__in=there.values("student"), ends_on__range=(term.starts_on, term.ends_on)
    )
    return rows
