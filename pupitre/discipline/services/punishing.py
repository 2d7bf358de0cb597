"""A punishment from its first word to its end: given, shown to the family, done or not, taken back."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.attendance.models import RollCall
from pupitre.attendance.stamping import see_again
from pupitre.directory.models import Person, Student
from pupitre.discipline.models import Detention, Incident, Punishment
from pupitre.discipline.refusals import Refusal
from pupitre.discipline.services.telling import tell_counsellors, tell_family, tell_office
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor

PUNISHMENT, REPORT, PLAN = "discipline.punishment", "discipline.report", "discipline.plan"
Kind, State = Punishment.Kind, Punishment.State


@dataclass(frozen=True, slots=True)
class Given:
    """What is asked of a student, and why."""

    kind: str
    happened_on: dt.date
    motive: str
    task: str = ""
    due_on: dt.date | None = None
    report: str = ""
    is_shown: bool = True


@transaction.atomic
def punish(
    *,
    student: Student,
    given: Given,
    actor: Actor,
    roll_call: RollCall | None = None,
    incident: Incident | None = None,
) -> Punishment:
    """Give a punishment. The caller has checked `discipline.punish_student`.

    An exclusion from a lesson has its written report, which goes to the CPE and the head at once, and is done as it is
    given (circulaire 2014-059). A detention waits for the school-life office to say when. Raises Refusal.
    """
    _check(given, roll_call, student)
    is_over = given.kind == Kind.LESSON_EXCLUSION
    row: Punishment = Punishment.objects.create(
        student=student,
        kind=given.kind,
        state=State.DONE if is_over else State.TO_DO,
        happened_on=given.happened_on,
        motive=given.motive,
        task=given.task,
        due_on=given.due_on,
        report=given.report if is_over else "",
        roll_call=roll_call,
        incident=incident,
        author_id=actor.person_id,
        author_name=Person.objects.values_list("formal_name", flat=True).get(pk=actor.person_id),
        given_at=clock.now(),
        ended_at=clock.now() if is_over else None,
        ended_by_id=actor.person_id if is_over else None,
    )
    audit.record(actor, "discipline.punish", row, kind=given.kind)
    if given.is_shown:
        _show(row)
    if is_over:
        title = _("Exclusion d’un cours : un rapport à lire")
        tell_counsellors(REPORT, title=title, route="discipline:punishment", pk=row.pk)
    if given.kind == Kind.DETENTION:
        title = _("Une retenue à planifier")
        tell_office(PLAN, title=title, route="discipline:plan", pk=row.pk)
    see_again(students=[student.pk], people=[actor.person_id])
    return row


def _check(given: Given, roll_call: RollCall | None, student: Student) -> None:
    if given.happened_on > clock.today():
        raise Refusal(_("Une punition répond à des faits qui ont eu lieu : choisissez aujourd’hui ou un jour passé."))
    if given.due_on and given.due_on < given.happened_on:
        raise Refusal(_("Le travail est à rendre avant les faits. Changez l’une des deux dates."))
    if roll_call is not None and student.pk not in roll_call.student_ids:
        raise Refusal(_("Cet élève n’était pas attendu à ce cours."))


@transaction.atomic
def show(*, punishment: Punishment, actor: Actor) -> None:
    """Let the family read a punishment that its author kept back; a second call changes nothing."""
    if punishment.shown_at is None:
        _show(punishment)
        audit.record(actor, "discipline.show_punishment", punishment)
        see_again(students=[punishment.student_id])


def _show(row: Punishment) -> None:
    row.shown_at = clock.now()
    row.save(update_fields=["shown_at"])
    title = _("une punition à lire")
    tell_family(PUNISHMENT, row.student, title=title, route="discipline:punishment", pk=row.pk)


@transaction.atomic
def end(*, punishment: Punishment, is_done: bool, actor: Actor) -> None:
    """Say that a punishment was done, or was not. A detention is ended by its sittings. Raises Refusal."""
    if punishment.kind == Kind.DETENTION:
        raise Refusal(_("Une retenue se note dans la liste des retenues du jour."))
    if punishment.state == State.CANCELLED:
        raise Refusal(_("Cette punition a été annulée : il n’y a plus rien à noter."))
    punishment.state = State.DONE if is_done else State.NOT_DONE
    punishment.ended_at, punishment.ended_by_id = clock.now(), actor.person_id
    punishment.save(update_fields=["state", "ended_at", "ended_by_id"])
    audit.record(actor, "discipline.end_punishment", punishment, state=punishment.state)
    see_again(students=[punishment.student_id], people=[punishment.author_id])


@transaction.atomic
def cancel(*, punishment: Punishment, actor: Actor) -> None:
    """Take a punishment back; its sitting to come falls, the family that had read of it is told."""
    if punishment.state == State.CANCELLED:
        return
    punishment.state = State.CANCELLED
    punishment.ended_at, punishment.ended_by_id = clock.now(), actor.person_id
    punishment.save(update_fields=["state", "ended_at", "ended_by_id"])
    to_come = Detention.objects.filter(punishment=punishment, state=Detention.State.PLANNED)
    to_come.update(state=Detention.State.CANCELLED, noted_at=clock.now(), noted_by_id=actor.person_id)
    audit.record(actor, "discipline.cancel_punishment", punishment)
    if punishment.shown_at:
        title = _("une punition est annulée")
        route = "discipline:punishment"
        tell_family(PUNISHMENT, punishment.student, title=title, route=route, pk=punishment.pk)
    see_again(students=[punishment.student_id], people=[punishment.author_id])
