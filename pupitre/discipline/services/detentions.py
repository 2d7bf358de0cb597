"""Detentions: when they are held, who came, what is moved, and the absence of whoever did not come (ATT-37)."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.attendance.models import AbsenceCase, AbsenceEntry
from pupitre.attendance.refusals import Refusal as AttendanceRefusal
from pupitre.attendance.services.entering import Entered, cancel_case, enter
from pupitre.attendance.stamping import see_again
from pupitre.directory.models import Person
from pupitre.discipline.models import Detention, DetentionSlot, Punishment
from pupitre.discipline.queries.detentions import has_begun
from pupitre.discipline.refusals import Refusal
from pupitre.discipline.services.telling import tell_family
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.ui.french import day, hour

DETENTION = "discipline.detention"
State = Detention.State
OVER = frozenset({Punishment.State.DONE, Punishment.State.CANCELLED})


@dataclass(frozen=True, slots=True)
class Sitting:
    """When and where a detention is to be held, and who looks after it."""

    held_on: dt.date
    starts_at: dt.time
    ends_at: dt.time
    room: str = ""
    supervisor: Person | None = None
    task: str = ""


@transaction.atomic
def plan(*, punishment: Punishment, sitting: Sitting, actor: Actor) -> Detention:
    """Say when a detention is held; the sitting that was planned before is moved. The family is told. Raises Refusal.

    The caller has checked `discipline.plan_detention`.
    """
    _check(punishment, sitting)
    before = Detention.objects.filter(punishment=punishment, state=State.PLANNED).select_for_update().first()
    return _follow(punishment, sitting, before, actor, why="")


@transaction.atomic
def move(*, detention: Detention, sitting: Sitting, why: str, actor: Actor) -> Detention:
    """Report a sitting to another day, whether it was to come or was missed; both stay in the history. Raises Refusal."""
    _check(detention.punishment, sitting)
    if detention.state not in (State.PLANNED, State.MISSED):
        raise Refusal(_("Cette retenue est déjà faite ou reportée. Rechargez la page."))
    return _follow(detention.punishment, sitting, detention, actor, why=why)


def _follow(punishment: Punishment, sitting: Sitting, before: Detention | None, actor: Actor, *, why: str) -> Detention:
    if before is not None and before.state == State.PLANNED:
        before.state, before.note = State.MOVED, why[:200]
        before.noted_at, before.noted_by_id = clock.now(), actor.person_id
        before.save(update_fields=["state", "note", "noted_at", "noted_by_id"])
    row: Detention = Detention.objects.create(
        punishment=punishment,
        held_on=sitting.held_on,
        starts_at=sitting.starts_at,
        ends_at=sitting.ends_at,
        room=sitting.room,
        supervisor=sitting.supervisor,
        planned_at=clock.now(),
        planned_by_id=actor.person_id,
    )
    punishment.task = sitting.task or punishment.task
    punishment.state, punishment.ended_at, punishment.ended_by_id = Punishment.State.TO_DO, None, None
    punishment.save(update_fields=["task", "state", "ended_at", "ended_by_id"])
    audit.record(actor, "discipline.plan_detention", row)
    _tell(row, _("retenue reportée au %(when)s") if before else _("retenue le %(when)s"))
    see_again(students=[punishment.student_id], people=[punishment.author_id])
    return row


def _check(punishment: Punishment, sitting: Sitting) -> None:
    if punishment.kind != Punishment.Kind.DETENTION or punishment.state in OVER:
        raise Refusal(_("Cette punition n’est pas une retenue à planifier. Rechargez la page."))
    if sitting.ends_at <= sitting.starts_at:
        raise Refusal(_("La fin vient avant le début. Changez l’une des deux heures."))
    if sitting.held_on < clock.today():
        raise Refusal(_("Choisissez aujourd’hui ou un jour à venir : la famille doit être prévenue avant."))


@transaction.atomic
def attended(*, detention: Detention, actor: Actor) -> None:
    """Say that the student came and did it; an absence noted by mistake is crossed out. Raises Refusal."""
    _note(detention, State.DONE, actor)
    if detention.absence_case_id:
        case = AbsenceCase.objects.get(pk=detention.absence_case_id)
        cancel_case(case=case, why=_("L’élève était présent à sa retenue."), actor=actor)
        detention.absence_case_id = None
        detention.save(update_fields=["absence_case_id"])
    _end(detention.punishment, Punishment.State.DONE, actor)


@transaction.atomic
def missed(*, detention: Detention, actor: Actor) -> None:
    """Say that the student did not come: an absence of these hours is opened, unless one is known already. Raises Refusal.

    The absence is attendance's: the office tells the family and hears why. It makes a half-day only where the student had
    a lesson. An absence, an outing or a visit to the infirmary that covers the beginning of the sitting stands for it.
    """
    _note(detention, State.MISSED, actor)
    if not _is_away(detention):
        detention.absence_case_id = _absence(detention, actor)
        detention.save(update_fields=["absence_case_id"])
    _end(detention.punishment, Punishment.State.NOT_DONE, actor)
    _tell(detention, _("retenue non faite, %(when)s"))


def _note(detention: Detention, state: str, actor: Actor) -> None:
    if not has_begun(detention):
        raise Refusal(_("Cette retenue n’a pas encore commencé : notez-la à son heure, ou après."))
    locked = Detention.objects.select_for_update().get(pk=detention.pk)
    if locked.state not in (State.PLANNED, State.MISSED, State.DONE) or locked.state == state:
        raise Refusal(_("Cette retenue a changé entre-temps. Rechargez la page."))
    detention.absence_case_id = locked.absence_case_id
    detention.state, detention.noted_at, detention.noted_by_id = state, clock.now(), actor.person_id
    detention.save(update_fields=["state", "noted_at", "noted_by_id"])
    audit.record(actor, "discipline.note_detention", detention, state=state)


def _end(punishment: Punishment, state: str, actor: Actor) -> None:
    punishment.state, punishment.ended_at, punishment.ended_by_id = state, clock.now(), actor.person_id
    punishment.save(update_fields=["state", "ended_at", "ended_by_id"])
    see_again(students=[punishment.student_id], people=[punishment.author_id])


def _is_away(detention: Detention) -> bool:
    known: bool = (
        AbsenceEntry.objects.filter(
            student=detention.punishment.student_id,
            away_on=detention.held_on,
            cancelled_at=None,
            starts_at__lte=detention.starts_at,
            ends_at__gt=detention.starts_at,
        )
        .exclude(kind__in=(AbsenceEntry.Kind.LATENESS, AbsenceEntry.Kind.EXEMPTION))
        .exists()
    )
    return known


def _absence(detention: Detention, actor: Actor) -> int | None:
    entered = Entered(
        kind=AbsenceEntry.Kind.ABSENCE,
        starts_on=detention.held_on,
        ends_on=detention.held_on,
        starts_at=detention.starts_at,
        ends_at=detention.ends_at,
        place=detention.room,
        comment=_("Retenue non faite"),
        is_owed=True,
    )
    try:
        [entry] = enter(entered, [detention.punishment.student_id], actor=actor)
    except AttendanceRefusal as no:
        raise Refusal(str(no)) from None
    return entry.case_id


def _tell(detention: Detention, text: str) -> None:
    punishment = detention.punishment
    if punishment.shown_at is None:
        return
    when = _("%(day)s à %(hour)s") % {"day": day(detention.held_on), "hour": hour(detention.starts_at)}
    title, route = text % {"when": when}, "discipline:punishment"
    tell_family(DETENTION, punishment.student, title=title, route=route, pk=punishment.pk)


@transaction.atomic
def add_slot(*, slot: DetentionSlot, actor: Actor) -> DetentionSlot:
    """Keep a time of the week for detentions."""
    slot.save()
    audit.record(actor, "discipline.add_slot", slot)
    return slot


@transaction.atomic
def close_slot(*, slot: DetentionSlot, actor: Actor) -> None:
    """Plan no more detention at that time; those planned stay."""
    DetentionSlot.objects.filter(pk=slot.pk).update(is_active=False)
    audit.record(actor, "discipline.close_slot", slot)
