"""A family chooses the exit regime of its child online, where the school lets it; nothing changes at the gate before a yes."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.attendance.models import ExitRequest
from pupitre.attendance.queries.exits import active_regimes
from pupitre.attendance.queries.rules import rules_of_school
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.exits import set_exits
from pupitre.attendance.stamping import see_again
from pupitre.directory.models import Person, Student
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.notifications.services.posting import Recipient, notify

State = ExitRequest.State


@transaction.atomic
def ask_exit(*, student: Student, regime: str, actor: Actor) -> ExitRequest:
    """Keep what a guardian asks, in place of what was asked before; it waits for the office. Raises Refusal.

    The caller has checked `attendance.announce_absence`.
    """
    if not rules_of_school().families_choose_exit:
        raise Refusal(
            _("L’établissement note lui-même les régimes de sortie. Appelez la vie scolaire pour en changer.")
        )
    chosen = next((each for each in active_regimes() if str(each.pk) == regime), None)
    if chosen is None:
        raise Refusal(_("Choisissez un des régimes proposés."))
    row, _new = ExitRequest.objects.update_or_create(
        student=student,
        defaults={
            "establishment_id": actor.establishment_id,
            "regime": chosen,
            "state": State.PENDING,
            "asked_by_id": actor.person_id,
            "asked_by_name": _name(actor),
            "asked_at": clock.now(),
            "answered_by_name": "",
            "answered_at": None,
            "answer": "",
        },
    )
    audit.record(actor, "attendance.ask_exit", student, regime=chosen.pk)
    see_again(students=[student.pk])
    return row


@transaction.atomic
def answer_exit(*, request: ExitRequest, is_accepted: bool, why: str, actor: Actor) -> None:
    """Accept, and the regime holds at once; or refuse, saying why: the family reads it. Raises Refusal."""
    held = ExitRequest.objects.select_for_update().select_related("student__person", "regime").get(pk=request.pk)
    if held.state != State.PENDING:
        raise Refusal(_("Quelqu’un a déjà répondu à cette demande."))
    if not is_accepted and not why.strip():
        raise Refusal(_("Dites pourquoi vous refusez : la famille lira cette phrase."))
    if is_accepted:
        set_exits(chosen={held.student_id: held.regime}, actor=actor)
    held.state = State.ACCEPTED if is_accepted else State.REFUSED
    held.answered_by_name, held.answered_at, held.answer = _name(actor), clock.now(), why.strip()[:300]
    held.save(update_fields=["state", "answered_by_name", "answered_at", "answer"])
    audit.record(actor, "attendance.answer_exit", held, accepted=is_accepted)
    title = _("régime de sortie accepté") if is_accepted else _("régime de sortie non accepté")
    notify(
        "attendance.decision",
        [Recipient(held.asked_by_id, held.student.person_id)],
        establishment_id=held.establishment_id,
        title=title,
        body=held.answer,
        url=reverse("attendance:exit_choice", args=[actor.uai, held.student_id]),
        group_key=f"attendance.exit:{held.pk}",
    )
    see_again(students=[held.student_id])


def _name(actor: Actor) -> str:
    name: str = Person.objects.values_list("formal_name", flat=True).get(pk=actor.person_id)
    return name
