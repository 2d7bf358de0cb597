"""The life of an absence dossier as data: from which state, by whose act, to which one. No query, no rule elsewhere.

The office calls a dossier what joins consecutive entries of one student. Union of what Skolengo, PRONOTE, entcore and GEPI
know; an assistant (AED) prepares and the CPE decides, hence a reason entered by the office may still be accepted or refused.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from pupitre.attendance.half_days import Standing


class State(models.TextChoices):
    """Where a dossier stands."""

    REPORTED = "reported", _("Signalée")
    TOLD = "told", _("Famille prévenue")
    TO_CONTACT = "to_contact", _("Famille à joindre")
    ANSWERED = "answered", _("Réponse à examiner")
    REASONED = "reasoned", _("Motivée")
    ACCEPTED = "accepted", _("Recevable")
    REFUSED = "refused", _("Non recevable")
    SETTLED = "settled", _("Réglée")
    LOCKED = "locked", _("Verrouillée")
    BECAME_LATE = "became_late", _("Devenue un retard")
    CANCELLED = "cancelled", _("Annulée")
    MERGED = "merged", _("Réunie à une autre")
    PLANNED = "planned", _("Prévue, à confirmer")
    CONFIRMED = "confirmed", _("Prévue, confirmée")
    DECLINED = "declined", _("Prévue, refusée")
    EXEMPTION_ASKED = "exemption_asked", _("Dispense demandée")
    EXEMPT = "exempt", _("Dispense accordée")
    NOT_EXEMPT = "not_exempt", _("Dispense refusée")


class Act(StrEnum):
    """What moves a dossier."""

    MARK_ABSENT = "mark_absent"
    ANNOUNCE = "announce"
    ASK_EXEMPTION = "ask_exemption"
    CONFIRM = "confirm"
    DECLINE = "decline"
    BEGIN = "begin"
    GRANT = "grant"
    DENY = "deny"
    ARRIVE_LATE = "arrive_late"
    TELL = "tell"
    FAIL_TO_TELL = "fail_to_tell"
    ANSWER = "answer"
    ENTER_REASON = "enter_reason"
    ACCEPT = "accept"
    REFUSE = "refuse"
    SETTLE = "settle"
    LOCK = "lock"
    UNLOCK = "unlock"
    CANCEL = "cancel"
    MERGE = "merge"
    SPLIT = "split"


class By(StrEnum):
    """Whose act it may be. `AUTHOR` is whoever noted the absence."""

    TEACHER = "teacher"
    ASSISTANT = "assistant"
    COUNSELLOR = "counsellor"
    HEAD = "head"
    FAMILY = "family"
    SYSTEM = "system"
    AUTHOR = "author"


OPEN = frozenset(
    {
        State.REPORTED,
        State.TOLD,
        State.TO_CONTACT,
        State.ANSWERED,
        State.REASONED,
        State.ACCEPTED,
        State.REFUSED,
        State.SETTLED,
    }
)
"""An absence that took place and whose term is not closed: the office may still change what it is worth."""
WITHOUT_REASON = frozenset({State.REPORTED, State.TOLD, State.TO_CONTACT})
"""What follows the same absence joins it; nobody has said why yet."""
OVER = frozenset({State.BECAME_LATE, State.CANCELLED, State.MERGED, State.DECLINED, State.NOT_EXEMPT})
"""What counts no longer, kept for its trace."""

RESHAPED = frozenset({*OPEN, State.PLANNED, State.CONFIRMED})
"""What the office may put together or take apart."""

_OFFICE = frozenset({By.ASSISTANT, By.COUNSELLOR, By.HEAD})
_DECIDES = frozenset({By.COUNSELLOR, By.HEAD})
_CALLS = frozenset({By.TEACHER, By.ASSISTANT, By.COUNSELLOR, By.HEAD})
_SYSTEM = frozenset({By.SYSTEM})
_BEFORE = frozenset[State]()


@dataclass(frozen=True, slots=True)
class Transition:
    """One line of the machine. `sources` is empty for a birth; `says_why` when the act needs a sentence.

    `target` None leads back to the state kept before the lock; a split leaves the state as it is.
    """

    act: Act
    sources: frozenset[State]
    target: State | None
    by: frozenset[By]
    says_why: bool = False


def _line(
    act: Act, sources: frozenset[State], target: State | None, by: frozenset[By], *, why: bool = False
) -> Transition:
    return Transition(act, sources, target, by, why)


_ANY = frozenset(State) - OVER - {State.LOCKED}

TRANSITIONS: dict[Act, Transition] = {
    line.act: line
    for line in (
        _line(Act.MARK_ABSENT, _BEFORE, State.REPORTED, _CALLS | {By.SYSTEM}),
        _line(Act.ANNOUNCE, _BEFORE, State.PLANNED, _OFFICE | {By.FAMILY}),
        _line(Act.ASK_EXEMPTION, _BEFORE, State.EXEMPTION_ASKED, _OFFICE | {By.FAMILY}),
        _line(Act.CONFIRM, frozenset({State.PLANNED}), State.CONFIRMED, _DECIDES),
        _line(Act.DECLINE, frozenset({State.PLANNED}), State.DECLINED, _DECIDES, why=True),
        _line(Act.GRANT, frozenset({State.EXEMPTION_ASKED}), State.EXEMPT, _DECIDES),
        _line(Act.DENY, frozenset({State.EXEMPTION_ASKED}), State.NOT_EXEMPT, _DECIDES, why=True),
        # The day has come and the student is away as announced, or in spite of a refusal.
        _line(Act.BEGIN, frozenset({State.PLANNED}), State.ANSWERED, _CALLS | _SYSTEM),
        _line(Act.ARRIVE_LATE, WITHOUT_REASON | {State.ANSWERED}, State.BECAME_LATE, _CALLS),
        _line(Act.TELL, frozenset({State.REPORTED, State.TO_CONTACT}), State.TOLD, _OFFICE | _SYSTEM),
        _line(Act.FAIL_TO_TELL, frozenset({State.REPORTED}), State.TO_CONTACT, _OFFICE | _SYSTEM),
        # Once refused, a family may answer once more: the service counts.
        _line(
            Act.ANSWER,
            WITHOUT_REASON | {State.ANSWERED, State.REFUSED},
            State.ANSWERED,
            frozenset({By.FAMILY, *_OFFICE}),
        ),
        _line(Act.ENTER_REASON, OPEN, State.REASONED, _OFFICE),
        _line(Act.ACCEPT, frozenset({State.ANSWERED, State.REASONED}), State.ACCEPTED, _DECIDES),
        _line(Act.REFUSE, frozenset({State.ANSWERED, State.REASONED}), State.REFUSED, _DECIDES, why=True),
        _line(Act.SETTLE, frozenset({State.ACCEPTED, State.REFUSED, State.REASONED}), State.SETTLED, _OFFICE),
        _line(Act.LOCK, _ANY, State.LOCKED, frozenset({By.HEAD, By.SYSTEM})),
        _line(Act.UNLOCK, frozenset({State.LOCKED}), None, frozenset({By.HEAD}), why=True),
        _line(Act.MERGE, RESHAPED, State.MERGED, _OFFICE),
        # Some of its entries leave for another dossier; both stay where they were.
        _line(Act.SPLIT, RESHAPED, None, _OFFICE),
        _line(Act.CANCEL, _ANY, State.CANCELLED, frozenset({By.AUTHOR, *_DECIDES}), why=True),
    )
}


class NotPossible(ValueError):
    """The act does not lead anywhere from this state, or not by this person; holds a sentence for them."""


def after(state: State | None, act: Act, by: By, *, why: str = "", before_lock: State | None = None) -> State:
    """The state that an act leads to. `state` None is a dossier being born. Raises NotPossible."""
    line = TRANSITIONS[act]
    if by not in line.by:
        raise NotPossible(_("Cette décision n’est pas la vôtre. Demandez au CPE ou à la direction."))
    if (state is None) != (not line.sources) or (state is not None and state not in line.sources):
        raise NotPossible(_refusal(state))
    if line.says_why and not why.strip():
        raise NotPossible(_("Dites pourquoi en une phrase : elle reste dans le dossier."))
    target = line.target or before_lock
    if target is None:
        raise NotPossible(_("Ce dossier ne dit pas où il en était. Saisissez de nouveau son motif."))
    return target


def _refusal(state: State | None) -> str:
    if state is State.LOCKED:
        return str(_("La période est close : seule la direction peut rouvrir ce dossier, en disant pourquoi."))
    label = State(state).label if state else _("aucun")
    text = _("Ce dossier est maintenant « %(state)s » : quelqu’un l’a changé entre-temps. Rechargez la page.")
    return str(text % {"state": label})


def standing_after(act: Act, current: Standing, *, is_receivable: bool = False) -> Standing:
    """What the absence is worth after an act: judged ones are justified or not, a family's answer waits.

    A reason that the office enters justifies only when it is receivable (`is_receivable`).
    """
    if act is Act.ENTER_REASON:
        return Standing.JUSTIFIED if is_receivable else Standing.UNJUSTIFIED
    return {
        Act.MARK_ABSENT: Standing.UNJUSTIFIED,
        Act.ANNOUNCE: Standing.PENDING,
        Act.BEGIN: Standing.PENDING,
        Act.CONFIRM: Standing.JUSTIFIED,
        Act.DECLINE: Standing.UNJUSTIFIED,
        Act.ANSWER: Standing.PENDING,
        Act.ACCEPT: Standing.JUSTIFIED,
        Act.REFUSE: Standing.UNJUSTIFIED,
    }.get(act, current)
