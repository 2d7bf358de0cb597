"""Registers as pages read them: one statement each, outside any transaction, at the hour when everyone opens theirs."""

import datetime as dt
from typing import Any

from pupitre.attendance.policies import CALL, VIEW
from pupitre.attendance.rolls import Roll, decode_roll
from pupitre.attendance.sql import MAY_VIEW, MINE_TODAY, NEAREST, ROLL_CALL
from pupitre.establishments.asking import ask
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor

OPENS_BEFORE = dt.timedelta(minutes=10)
"""How long before its lesson a register may be opened (ATT-1)."""


def local_now() -> dt.datetime:
    """The present instant on the clock of the school, without zone."""
    return clock.now().astimezone(clock.PARIS).replace(tzinfo=None)


def roll_of(actor: Actor, roll_call_id: int) -> Roll | None:
    """A register that the actor may see; one statement."""
    return _ask(actor, "r.id = %(roll_call)s", MAY_VIEW, "", roll_call=roll_call_id)


def roll_of_now(actor: Actor) -> Roll | None:
    """Of the actor's lessons today: the one going on or about to begin, else the nearest; one statement."""
    return _ask(actor, MINE_TODAY, "true", NEAREST)


def rights_in(actor: Actor) -> dict[str, Any]:
    """The parameters of `MAY_VIEW` and `MAY_CALL`."""
    return {
        "person": actor.person_id,
        "sees_all": actor.has(VIEW),
        "calls_any": actor.has(CALL),
        "today": clock.today(),
    }


def _ask(actor: Actor, which: str, who: str, order: str, **more: Any) -> Roll | None:
    now = local_now()
    soon = (now + OPENS_BEFORE).time() if now.date() == (now + OPENS_BEFORE).date() else dt.time.max
    select = f"coalesce({ROLL_CALL.format(which=which, who=who, order=order)}, 'null')"
    parameters = {**rights_in(actor), "time": now.time(), "soon": soon, **more}
    return decode_roll(ask(actor.establishment_id, select, parameters))
