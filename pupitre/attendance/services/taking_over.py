"""Absences of before Pupitre, taken over from another tool as it left them, and taken back while nobody touched them.

No family is told: it was, by the other tool. Half-days and thresholds follow in the same transaction.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.attendance.half_days import Standing
from pupitre.attendance.models import (
    AbsenceCase,
    AbsenceEntry,
    AbsenceReason,
    CaseEvent,
    FamilyContact,
    Justification,
)
from pupitre.attendance.services.alerting import watch_thresholds
from pupitre.attendance.services.counting import recount
from pupitre.attendance.services.dossiers import span_of
from pupitre.attendance.stamping import see_again
from pupitre.attendance.transitions import State
from pupitre.attendance.words import TAKEN_OVER
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor

Kind = AbsenceEntry.Kind
Away = tuple[dt.date, dt.time, dt.time]
"""A day, and from when to when."""
_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Past:
    """What the other tool says of one student. `is_justified`: None when it does not say; the reason then decides."""

    student_id: int
    kind: str
    away: tuple[Away, ...]
    reason: AbsenceReason | None = None
    is_justified: bool | None = None
    is_settled: bool = False
    comment: str = ""


@transaction.atomic
def take_over(pasts: Sequence[Past], *, actor: Actor | None) -> list[int]:
    """Write what another tool knew in the open school; the numbers of the entries made. About fifteen statements a batch."""
    cases = {place: _case(past, actor) for place, past in enumerate(pasts) if past.kind == Kind.ABSENCE}
    AbsenceCase.objects.bulk_create(cases.values(), batch_size=_BATCH)
    CaseEvent.objects.bulk_create((_event(case, actor) for case in cases.values()), batch_size=_BATCH)
    made = AbsenceEntry.objects.bulk_create(
        [entry for place, past in enumerate(pasts) for entry in _entries(past, cases.get(place), actor)],
        batch_size=_BATCH,
    )
    _follow({(each.student_id, each.away_on) for each in made if each.counts})
    audit.record(
        actor, "attendance.take_over", None, entries=len(made), establishment_id=current_establishment_id()
    )  # fmt: skip
    see_again(students={each.student_id for each in made})
    return [each.pk for each in made]


@transaction.atomic
def take_back(entry_ids: Sequence[int], *, actor: Actor | None) -> int:
    """Remove what was taken over, but for what somebody used or changed since; returns how many entries stay."""
    entries = list(AbsenceEntry.objects.filter(pk__in=entry_ids).select_related("case"))
    used = _used({each.case_id for each in entries if each.case_id})
    gone = [each for each in entries if each.version == 1 and each.cancelled_at is None and each.case_id not in used]
    AbsenceEntry.objects.filter(pk__in=[each.pk for each in gone]).delete()
    AbsenceCase.objects.filter(pk__in={each.case_id for each in gone if each.case_id}, entries=None).delete()
    _follow({(each.student_id, each.away_on) for each in gone if each.counts})
    audit.record(
        actor, "attendance.take_back", None, entries=len(gone), establishment_id=current_establishment_id()
    )  # fmt: skip
    see_again(students={each.student_id for each in gone})
    return len(entry_ids) - len(gone)


def _follow(days: set[tuple[int, dt.date]]) -> None:
    """Half-days and thresholds, as after anything that changes an absence."""
    recount(days)
    watch_thresholds({(student, day.replace(day=1)) for student, day in days})


def _used(case_ids: Iterable[int]) -> set[int]:
    """Dossiers that somebody moved, answered, or told a family about."""
    ids = list(case_ids)
    moved = CaseEvent.objects.filter(case__in=ids).exclude(act=TAKEN_OVER).values_list("case_id", flat=True)
    said = Justification.objects.filter(case__in=ids).values_list("case_id", flat=True)
    told = FamilyContact.objects.filter(case__in=ids).values_list("case_id", flat=True)
    return {*moved, *said, *told}


def _case(past: Past, actor: Actor | None) -> AbsenceCase:
    state, standing = stands(past)
    case = AbsenceCase(
        establishment_id=current_establishment_id(),
        student_id=past.student_id,
        state=state,
        standing=standing.value,
        reason=past.reason,
        counts=past.reason is None or past.reason.counts,
        opened_at=clock.now(),
        opened_by_id=actor.person_id if actor else None,
        # The family may still answer once, as after any refusal.
        refusals=int(state == State.REFUSED),
    )
    span_of(case, [AbsenceEntry(away_on=on, starts_at=starts, ends_at=ends) for on, starts, ends in past.away])
    return case


def stands(past: Past) -> tuple[State, Standing]:
    """Where a dossier taken over stands, and what it is worth."""
    receivable = past.is_justified
    if receivable is None:
        receivable = past.reason is not None and past.reason.is_receivable
    standing = Standing.JUSTIFIED if receivable else Standing.UNJUSTIFIED
    if past.is_settled or (past.reason and past.reason.settles):
        return State.SETTLED, standing
    if past.is_justified:
        return State.ACCEPTED, standing
    if past.reason is None:
        return State.REPORTED, standing
    return State.REFUSED if past.is_justified is False else State.REASONED, standing


def _event(case: AbsenceCase, actor: Actor | None) -> CaseEvent:
    return CaseEvent(
        establishment_id=case.establishment_id,
        case=case,
        at=case.opened_at,
        author_id=actor.person_id if actor else None,
        act=TAKEN_OVER,
        to_state=case.state,
        comment=_("Telle que l’ancien outil la laisse."),
    )


def _entries(past: Past, case: AbsenceCase | None, actor: Actor | None) -> list[AbsenceEntry]:
    return [
        AbsenceEntry(
            establishment_id=current_establishment_id(),
            student_id=past.student_id,
            case=case,
            kind=past.kind,
            away_on=on,
            starts_at=starts,
            ends_at=ends,
            origin=AbsenceEntry.Origin.TAKEN_OVER,
            counts=past.kind == Kind.ABSENCE,
            comment=past.comment[:300],
            author_id=actor.person_id if actor else None,
            noted_at=clock.now(),
        )
        for on, starts, ends in past.away
    ]
