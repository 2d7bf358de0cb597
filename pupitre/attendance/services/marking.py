"""Marking students in a register, one by one or many at once: what a device sends, now or when the network is back.

Each mark says on which version it stands. When somebody else has marked the student since, nothing is overwritten: the
answer says what is there. The same mark sent twice is done once.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import msgspec
from django.db import connection, transaction

from pupitre.attendance import refusals
from pupitre.attendance.models import RollCall, RollMark
from pupitre.attendance.policies import CORRECT
from pupitre.attendance.queries.roll_call import OPENS_BEFORE, local_now, rights_in
from pupitre.attendance.sql import HOLD, MARK, MAY_CALL
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor

LONGEST_WAIT = dt.timedelta(hours=24)
"""How long marks may wait on a device (ATT-5)."""
_TIMED = frozenset({RollMark.State.LATE, RollMark.State.LEFT})

Fate = Literal["saved", "same", "conflict", "refused"]


@dataclass(frozen=True, slots=True)
class Told:
    """A mark as somebody tells it. `base`: the version it stands on; `age`: how long ago it was told, by its own clock.

    `key` names the gesture (a UUID of the device): told again, it changes nothing. `late`: minutes after the beginning of
    the lesson at which the student came or left; else the hour is that of the gesture.
    """

    student: int
    state: str
    base: int = 0
    key: str = ""
    late: int | None = None
    note: str = ""
    age: dt.timedelta = dt.timedelta()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mark: the state and the version that stand now, and a sentence when it was not written."""

    student: int
    fate: Fate
    state: str
    version: int
    sentence: str = ""


class _Known(msgspec.Struct):
    """A mark that stands."""

    student: int
    state: str
    at: dt.time | None
    version: int
    key: str
    by: str


class Held(msgspec.Struct):
    """A register held for writing."""

    id: int
    held_on: dt.date
    starts_at: dt.time
    ends_at: dt.time
    state: str
    students: list[int]
    marks: list[_Known]
    replayed: list[str]


class NoSuchRegister(LookupError):
    """The register does not exist, or the actor may not take it."""


_decode = msgspec.json.Decoder(Held).decode


@transaction.atomic(savepoint=False)
def mark_students(
    roll_call_id: int, told: Sequence[Told], *, actor: Actor, why: str = ""
) -> tuple[Held, list[Outcome]]:
    """Write what is told of some students of a register; two statements, whatever their number.

    Opens the school itself, for it runs outside the scope of a page. Raises NoSuchRegister, and Refusal (too early,
    another day, no lesson). The caller tells `recording.record` when the register was finished already.
    """
    held = hold(roll_call_id, [each.student for each in told], [each.key for each in told if each.key], actor=actor)
    check_time(held, actor=actor, why=why, age=max((each.age for each in told), default=dt.timedelta()))
    known = {mark.student: mark for mark in held.marks}
    outcomes = [_judge(each, known.get(each.student), held) for each in told]
    accepted = {each.student: each for each, outcome in zip(told, outcomes, strict=True) if outcome.fate == "saved"}
    versions = _write(held, list(accepted.values()), actor)
    return held, [
        Outcome(each.student, each.fate, each.state, versions.get(each.student, each.version), each.sentence)
        for each in outcomes
    ]


def hold(roll_call_id: int, students: Sequence[int], keys: Sequence[str], *, actor: Actor) -> Held:
    """Hold a register until the end of the transaction; one statement. Raises NoSuchRegister."""
    with connection.cursor() as cursor:
        cursor.execute(
            HOLD.format(who=MAY_CALL),
            {
                "establishment": actor.establishment_id,
                "roll_call": roll_call_id,
                "students": list(students),
                "keys": list(keys),
                **rights_in(actor),
            },
        )
        row = cursor.fetchone()
    if row is None:
        raise NoSuchRegister(roll_call_id)
    return _decode(row[0])


def check_time(held: Held, *, actor: Actor, why: str = "", age: dt.timedelta = dt.timedelta()) -> None:
    """Whether the register may be taken at this hour. Raises Refusal.

    Ten minutes before the lesson and until the end of the day; after, by those who may correct it, saying why. What a
    device kept counts from when it was told.
    """
    if held.state == RollCall.State.CANCELLED:
        raise refusals.no_lesson()
    then = local_now() - min(age, LONGEST_WAIT)
    opens = dt.datetime.combine(held.held_on, held.starts_at) - OPENS_BEFORE
    if local_now() < opens:
        raise refusals.too_early(opens.time())
    if then.date() > held.held_on:
        if not actor.has(CORRECT):
            raise refusals.another_day(held.held_on)
        if not why.strip():
            raise refusals.says_no_reason(held.held_on)


def _judge(told: Told, known: _Known | None, held: Held) -> Outcome:
    state, version = (known.state, known.version) if known else (RollMark.State.PRESENT.value, 0)
    if told.state not in RollMark.State.values:
        raise refusals.unknown_state()
    if told.student not in held.students:
        return Outcome(told.student, "refused", state, version, refusals.not_expected())
    if told.key and (told.key in held.replayed or (known and known.key == told.key)):
        return Outcome(told.student, "same", state, version)
    if told.age > LONGEST_WAIT:
        return Outcome(told.student, "refused", state, version, refusals.too_old())
    if told.base != version:
        if told.state == state:
            return Outcome(told.student, "same", state, version)
        sentence = refusals.changed_meanwhile(str(RollMark.State(state).label), known.by if known else "")
        return Outcome(told.student, "conflict", state, version, sentence)
    return Outcome(told.student, "saved", told.state, version)


def _write(held: Held, told: Sequence[Told], actor: Actor) -> dict[int, int]:
    if not told:
        return {}
    parameters: dict[str, Any] = {
        "establishment": actor.establishment_id,
        "roll_call": held.id,
        "author": actor.person_id,
        "now": clock.now(),
        "students": [each.student for each in told],
        "states": [each.state for each in told],
        "ats": [_hour(each, held) for each in told],
        "notes": [each.note[:200] for each in told],
        "keys": [each.key[:36] for each in told],
    }
    with connection.cursor() as cursor:
        cursor.execute(MARK, parameters)
        return dict(cursor.fetchall())


def _hour(told: Told, held: Held) -> dt.time | None:
    """When they came or left: as said, else when it was told, by the server's clock; always within the lesson."""
    if told.state not in _TIMED:
        return None
    if told.late is None:
        at = (local_now() - told.age).time().replace(second=0, microsecond=0)
    else:
        at = (dt.datetime.combine(held.held_on, held.starts_at) + dt.timedelta(minutes=told.late)).time()
    return min(max(at, held.starts_at), held.ends_at)
