"""Rooms that tell an outside system of people outside any service (the GAR): each offers what it told, for « Mes services »."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from pupitre.foundation.actor import Actor
from pupitre.foundation.registry import Text


@dataclass(frozen=True, slots=True)
class TellingLine:
    """What an outside system was told of somebody. `about`: the child, when it is not the reader themself.

    `until_at`: when it was told no more; none while each transmission tells it again.
    """

    key: str
    name: Text
    purpose: Text
    facts: tuple[Text, ...]
    rhythm: Text
    first_at: dt.datetime
    changed_at: dt.datetime
    until_at: dt.datetime | None = None
    about: str = ""


Loader = Callable[[Actor], list[TellingLine]]
"""What a room told of the actor, and of the children who are open to them, in the open school; one statement."""

_loaders: dict[str, Loader] = {}


def offer_tellings(key: str, loader: Loader) -> None:
    """Make what a room told known, at start-up."""
    _loaders[key] = loader


def tellings_offered(actor: Actor) -> list[TellingLine]:
    """What all rooms told, in the order of their keys; asked in the open school."""
    return [line for key in sorted(_loaders) for line in _loaders[key](actor)]
