"""What a home page shows, asked in one statement per school whatever the number of rooms that offer parts."""

import datetime as dt
import logging
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import msgspec
from django.db import DatabaseError

from pupitre.foundation.actor import Actor
from pupitre.foundation.registry import Action, ActionSource, HomePart, offered
from pupitre.timetable.queries import ask

logger = logging.getLogger(__name__)
_parts_of = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


@dataclass(slots=True)
class HomeRows:
    """The decoded parts of one school by key, what waits for the person, and the keys that could not be read."""

    parts: dict[str, Any] = field(default_factory=dict)
    actions: list[Action] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def home_rows(actor: Actor, *, day: dt.date, now: dt.datetime) -> HomeRows:
    """Everything the home of an actor shows of one school; one statement, outside any transaction.

    When the statement fails, each part is asked alone, so that a broken one leaves the others standing.
    """
    wanted = _wanted(actor.profiles, actor.capabilities)
    parameters = {"person": actor.person_id, "day": day, "today": now.date(), "time": now.time()}
    try:
        raw = _parts_of(ask(actor.establishment_id, _together(wanted), parameters)) if wanted else {}
    except DatabaseError:
        logger.exception("home: one of %s failed", [part.key for part in wanted])
        raw = _one_by_one(actor, wanted, parameters)
    return _decoded(wanted, raw, actor.uai)


@lru_cache(maxsize=512)
def _wanted(profiles: frozenset[str], capabilities: frozenset[str]) -> tuple[HomePart | ActionSource, ...]:
    every: list[HomePart | ActionSource] = [*offered(HomePart), *offered(ActionSource)]
    return tuple(part for part in every if part.profiles & profiles or part.capability in capabilities)


@lru_cache(maxsize=512)
def _together(wanted: tuple[HomePart | ActionSource, ...]) -> str:
    pairs = ", ".join(f"'{part.key}', {part.sql}" for part in wanted)
    return f"json_build_object({pairs})"


def _one_by_one(
    actor: Actor, wanted: tuple[HomePart | ActionSource, ...], parameters: dict[str, Any]
) -> dict[str, msgspec.Raw]:
    raw: dict[str, msgspec.Raw] = {}
    for part in wanted:
        try:
            raw.update(_parts_of(ask(actor.establishment_id, _together((part,)), parameters)))
        except DatabaseError:
            logger.exception("home: %s failed alone", part.key)
    return raw


def _decoded(wanted: tuple[HomePart | ActionSource, ...], raw: dict[str, msgspec.Raw], uai: str) -> HomeRows:
    rows = HomeRows()
    for part in wanted:
        if part.key not in raw:
            rows.failed.append(part.key)
        elif isinstance(part, HomePart):
            rows.parts[part.key] = part.decode(raw[part.key])
        else:
            rows.actions.extend(part.make(raw[part.key], uai))
    return rows
