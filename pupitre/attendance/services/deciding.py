"""What the office makes of dossiers: a reason, a decision, the end; one by one or many together.

An assistant prepares, the CPE and the head decide. Half-days follow in the same transaction, and the family is told why
its reason is refused.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.attendance.models import AbsenceCase, AbsenceEntry, AbsenceReason, Justification
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.alerting import watch_thresholds
from pupitre.attendance.services.counting import recount
from pupitre.attendance.services.dossiers import Moves
from pupitre.attendance.services.telling import guardians_to_tell
from pupitre.attendance.stamping import see_again
from pupitre.attendance.transitions import Act, By
from pupitre.attendance.words import span_of_case
from pupitre.directory.profiles import Profile
from pupitre.establishments.models import Establishment
from pupitre.foundation import audit, clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.notifications.services.posting import Recipient, notify

DECISIONS = frozenset({Act.ACCEPT, Act.REFUSE, Act.CONFIRM, Act.DECLINE, Act.GRANT, Act.DENY})
_TOLD = frozenset({Act.REFUSE, Act.DECLINE, Act.DENY, Act.CONFIRM, Act.GRANT})


@dataclass(slots=True)
class Decided:
    """What became of each dossier: those that moved, and why the others did not."""

    done: list[AbsenceCase] = field(default_factory=list)
    refused: list[tuple[AbsenceCase, str]] = field(default_factory=list)


@transaction.atomic
def decide(
    case_ids: Sequence[int],
    act: Act,
    *,
    actor: Actor,
    reasons: dict[int, AbsenceReason] | None = None,
    why: str = "",
) -> Decided:
    """Move the dossiers that the actor may; the others are answered each in a sentence. About twelve statements.

    `reasons`: the reason chosen for each dossier (by its number); else what the family said. `why` is read by the family.
    """
    verb = "attendance.decide_case" if act in DECISIONS else "attendance.manage_case"
    rows = AbsenceCase.objects.filter(pk__in=case_ids).select_related("student__person", "reason")
    cases = list(allowed(actor, verb, rows).select_for_update(of=("self",)).order_by("pk"))
    said = _said(cases) if act is Act.ACCEPT else {}
    decided, moves = Decided(), Moves(actor.person_id, _by(actor, act))
    for case in cases:
        reason = (reasons or {}).get(case.pk) or said.get(case.pk) or case.reason
        try:
            _move(case, act, moves, reason, why)
        except Refusal as no:
            decided.refused.append((case, str(no)))
        else:
            decided.done.append(case)
    moves.write()
    _after(decided.done, act, actor, why)
    if act in (Act.DECLINE, Act.DENY):
        _cross_out(decided.done, actor)
    return decided


def _by(actor: Actor, act: Act) -> By:
    if Profile.HEAD in actor.profiles:
        return By.HEAD
    # The policy has said who decides; what remains is prepared.
    return By.COUNSELLOR if act in DECISIONS else By.ASSISTANT


def _move(case: AbsenceCase, act: Act, moves: Moves, reason: AbsenceReason | None, why: str) -> None:
    if act in (Act.ACCEPT, Act.ENTER_REASON) and reason is None:
        raise Refusal(_("Choisissez d’abord un motif."))
    moves.move(case, act, why=why, is_receivable=bool(reason and reason.is_receivable))
    case.decided_at, case.decided_by_id, case.contact_due_at = clock.now(), moves.author_id, None
    case.decision = why[:300] if act in _TOLD else ""
    case.answer_due_at = None
    if act is Act.REFUSE:
        case.refusals += 1
    if reason and act in (Act.ACCEPT, Act.ENTER_REASON):
        case.reason, case.counts = reason, reason.counts
        if reason.settles:
            moves.move(case, Act.SETTLE, by=By.ASSISTANT)


def _cross_out(cases: Sequence[AbsenceCase], actor: Actor) -> None:
    """What was announced will not be: registers no longer show it, and an absence that happens anyway is noted as any other."""
    AbsenceEntry.objects.filter(case__in=cases, cancelled_at=None).update(
        cancelled_at=clock.now(), cancelled_by_id=actor.person_id
    )


def _said(cases: Sequence[AbsenceCase]) -> dict[int, AbsenceReason]:
    """The reason that each family gave last."""
    rows = Justification.objects.filter(case__in=cases, reason__isnull=False).select_related("reason")
    return {row.case_id: row.reason for row in rows.order_by("said_at", "pk")}


def _after(done: Sequence[AbsenceCase], act: Act, actor: Actor, why: str) -> None:
    if not done:
        return
    recount_cases(done)
    if act in _TOLD:
        _tell(done, act, why)
    audit.record(actor, f"attendance.{act.value}", done[0] if len(done) == 1 else None, dossiers=len(done))
    see_again(students=[case.student_id for case in done])


def recount_cases(cases: Sequence[AbsenceCase]) -> None:
    """Bring the half-days of dossiers up to date, and what the law asks when there are many."""
    entries = AbsenceEntry.objects.filter(case__in=cases, cancelled_at=None)
    days: set[tuple[int, dt.date]] = set(entries.values_list("student_id", "away_on"))
    recount(days)
    watch_thresholds({(student, day.replace(day=1)) for student, day in days})


def _tell(cases: Sequence[AbsenceCase], act: Act, why: str) -> None:
    guardians = guardians_to_tell([case.student.person_id for case in cases])
    uai = Establishment.objects.values_list("uai", flat=True).get(pk=cases[0].establishment_id)
    for case in cases:
        people = guardians.get(case.student.person_id, [])
        notify(
            "attendance.decision",
            [Recipient(person, case.student.person_id) for person in people],
            establishment_id=case.establishment_id,
            title=_sentence(case, act),
            body=why,
            url=reverse("attendance:justify", args=[uai, case.pk]),
            group_key=f"attendance.case:{case.pk}",
        )


def _sentence(case: AbsenceCase, act: Act) -> str:
    texts = {
        Act.REFUSE: _("motif non accepté pour l’absence, %(when)s"),
        Act.CONFIRM: _("absence prévue acceptée, %(when)s"),
        Act.DECLINE: _("absence prévue refusée, %(when)s"),
        Act.GRANT: _("dispense accordée, %(when)s"),
        Act.DENY: _("dispense refusée, %(when)s"),
    }
    return texts[act] % {"when": span_of_case(case)}
