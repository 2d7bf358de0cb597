"""Taking a register: marks as they are told, then the whole register, finished. What devices and forms call."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from pupitre.attendance.models import RollCall
from pupitre.attendance.services.marking import Held, Outcome, Told, check_time, hold, mark_students
from pupitre.attendance.services.recording import Recorded, record
from pupitre.attendance.services.telling import have_told, tell_corrections
from pupitre.attendance.stamping import see_again
from pupitre.attendance.transitions import By
from pupitre.establishments.scope import scope
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor


@transaction.atomic
def note_marks(roll_call_id: int, told: Sequence[Told], *, actor: Actor, why: str = "") -> list[Outcome]:
    """Write marks; two statements while the register is not finished. Once it is, dossiers follow in the same transaction.

    Raises NoSuchRegister and Refusal.
    """
    held, outcomes = mark_students(roll_call_id, told, actor=actor, why=why)
    if held.state == RollCall.State.DONE and any(each.fate == "saved" for each in outcomes):
        with scope(actor.establishment_id):
            _record(RollCall.objects.get(pk=held.id), actor, why)
    return outcomes


@transaction.atomic
def finish_roll_call(roll_call_id: int, told: Sequence[Told], *, actor: Actor, why: str = "") -> list[Outcome]:
    """Write the marks of a register and say that it is taken, even without an absentee. A second call changes nothing.

    Marks that stand against somebody else's are answered, and do not hold the others up. Raises NoSuchRegister, Refusal.
    """
    held, outcomes = (
        mark_students(roll_call_id, told, actor=actor, why=why) if told else _held(roll_call_id, actor, why)
    )
    with scope(actor.establishment_id):
        register = RollCall.objects.get(pk=held.id)
        if register.state != RollCall.State.DONE:
            register.state, register.done_at, register.done_by_id = RollCall.State.DONE, clock.now(), actor.person_id
            register.save(update_fields=["state", "done_at", "done_by_id"])
        _record(register, actor, why)
    return outcomes


def _held(roll_call_id: int, actor: Actor, why: str) -> tuple[Held, list[Outcome]]:
    held = hold(roll_call_id, [], [], actor=actor)
    check_time(held, actor=actor, why=why)
    return held, []


def _record(register: RollCall, actor: Actor, why: str) -> None:
    by = By.TEACHER if actor.person_id in register.teacher_ids else By.ASSISTANT
    recorded = record([register], author_id=actor.person_id, by=by)
    if why:
        audit.record(actor, "attendance.correct_register", register)
    follow(recorded, people=[actor.person_id, *register.teacher_ids])


def follow(recorded: Recorded, *, people: Iterable[int] = ()) -> None:
    """What recording leads to outside the register: families to tell, corrections, pages to make again."""
    have_told(recorded.to_tell)
    tell_corrections(recorded.ended)
    see_again(students=recorded.students, people=people)


def finish_many(registers: Iterable[RollCall], *, author_id: int | None = None, tells: bool = False) -> Recorded:
    """Say that registers whose marks are written were taken: for what is taken over from elsewhere, and demonstrations."""
    rows = list(registers)
    for register in rows:
        register.state, register.done_at = RollCall.State.DONE, register.done_at or clock.now()
        register.done_by_id = register.done_by_id or author_id
    RollCall.objects.bulk_update(rows, ["state", "done_at", "done_by_id"], batch_size=500)
    return record(rows, author_id=author_id, by=By.SYSTEM, tells=tells)
