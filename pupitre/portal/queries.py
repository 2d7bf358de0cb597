"""What a home page shows, asked in one statement per school whatever the number of rooms that offer parts."""

import datetime as dt
import logging
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import msgspec
from django.db import DatabaseError

from pupitre.directory.myself import myself_sql
from pupitre.establishments.asking import ask
from pupitre.foundation.actor import Actor
from pupitre.foundation.registry import Action, ActionSource, HomePart, offered
from pupitre.portal.blocks import profile_of
from pupitre.portal.dormant import Sleepers
from pupitre.portal.layout import Layouts
from pupitre.portal.sql import LAYOUTS

LAYOUT_PART = "portal.layouts"
Part = HomePart | ActionSource
logger = logging.getLogger(__name__)
sleepers = Sleepers()
_parts_of = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_layouts_of = msgspec.json.Decoder(Layouts).decode


@dataclass(slots=True)
class HomeRows:
    """The decoded parts of one school by key, what waits for the person, and the keys of parts that could not be read."""

    parts: dict[str, Any] = field(default_factory=dict)
    actions: list[Action] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    # Whether everything that waits is in `actions`.
    knows_actions: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether everything could be read."""
        return self.knows_actions and not self.failed

    @property
    def layouts(self) -> Layouts:
        """The arrangements that apply; none when they could not be read."""
        found: Layouts = self.parts.get(LAYOUT_PART, Layouts())
        return found


def home_rows(actor: Actor, *, day: dt.date, now: dt.datetime, stamp: int) -> HomeRows:
    """Everything the home of an actor shows of one school; one statement, outside any transaction.

    What is the same for the whole school is read once a process while its `stamp` stands. When the statement fails,
    each part is asked alone, so that a broken one leaves the others standing.
    """
    every = _wanted(actor.profiles, actor.capabilities)
    wanted = sleepers.awake((part for part in every if not _is_shared(part)), actor.establishment_id, stamp)
    parameters = {
        "person": actor.person_id,
        "profile": profile_of(actor.profiles),
        "day": day,
        "today": now.date(),
        "time": now.time(),
    }
    try:
        raw = _parts_of(_ask(actor, wanted, parameters)) if wanted else {}
    except DatabaseError:
        logger.exception("home: one of %s failed", [part.key for part in wanted])
        raw = _one_by_one(actor, wanted, parameters)
    sleepers.notice(wanted, raw, actor.establishment_id, stamp)
    rows = _decoded(wanted, raw, actor.uai)
    for part in every:
        if isinstance(part, HomePart) and part.shared:
            try:
                rows.parts[part.key] = _shared(part, actor.establishment_id, stamp, day, now.date())
            except (DatabaseError, msgspec.MsgspecError):
                logger.exception("home: %s failed", part.key)
                rows.failed.append(part.key)
    return rows


@lru_cache(maxsize=4096)
def _shared(part: HomePart, establishment_id: int, stamp: int, day: dt.date, today: dt.date) -> Any:
    return part.decode(msgspec.Raw(ask(establishment_id, part.sql, {"day": day, "today": today}).encode()))


def _is_shared(part: Part) -> bool:
    return isinstance(part, HomePart) and part.shared


def layouts_of(actor: Actor) -> Layouts:
    """The arrangements that apply to an actor's home; one statement, outside any transaction."""
    parameters = {"person": actor.person_id, "profile": profile_of(actor.profiles)}
    return _layouts_of(ask(actor.establishment_id, LAYOUTS, parameters))


@lru_cache(maxsize=512)
def _wanted(profiles: frozenset[str], capabilities: frozenset[str]) -> tuple[Part, ...]:
    every: list[Part] = [*offered(HomePart), *offered(ActionSource)]
    return tuple(part for part in every if part.profiles & profiles or part.capability in capabilities)


@lru_cache(maxsize=512)
def _together(wanted: tuple[Part, ...]) -> str:
    pairs = ", ".join(f"'{part.key}', {part.sql}" for part in wanted)
    return f"json_build_object({pairs})"


def _ask(actor: Actor, wanted: tuple[Part, ...], parameters: dict[str, Any]) -> str:
    return ask(actor.establishment_id, _together(wanted), parameters, beside=myself_sql())


def _one_by_one(actor: Actor, wanted: tuple[Part, ...], parameters: dict[str, Any]) -> dict[str, msgspec.Raw]:
    raw: dict[str, msgspec.Raw] = {}
    for part in wanted:
        try:
            raw.update(_parts_of(_ask(actor, (part,), parameters)))
        except DatabaseError:
            logger.exception("home: %s failed alone", part.key)
    return raw


def _decoded(wanted: tuple[Part, ...], raw: dict[str, msgspec.Raw], uai: str) -> HomeRows:
    rows = HomeRows()
    for part in wanted:
        try:
            if isinstance(part, HomePart):
                rows.parts[part.key] = part.decode(raw[part.key])
            else:
                rows.actions.extend(part.make(raw[part.key], uai))
        except (KeyError, msgspec.MsgspecError):
            if part.key in raw:
                logger.exception("home: what %s gives cannot be understood", part.key)
            if isinstance(part, HomePart):
                rows.failed.append(part.key)
            else:
                rows.knows_actions = False
    return rows
