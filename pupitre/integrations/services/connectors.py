"""Rooms that have a connector of their own (a Moodle, the GAR): each offers its line on the console, which knows none of them."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pupitre.foundation.actor import Actor
from pupitre.foundation.registry import Text
from pupitre.integrations.services.models import Connector


@dataclass(frozen=True, slots=True)
class Switch:
    """What opens or shuts a connector in one gesture: a form of one button, posted to `address`."""

    address: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class ConnectorLine:
    """A connector of the school, in one line. `address` is its page.

    `receives` says what goes out, or comes in. `state` is the word for where it stands; without, it is open or shut. `failure`
    is the last one in words; it is told while it is later than the last success, or since `failing_since_at`. Without `switch` or
    `trial`, the page does it.
    """

    key: str
    name: Text
    address: str
    is_on: bool
    receives: Text
    state: Text = ""
    note: Text = ""
    last_success_at: dt.datetime | None = None
    last_failure_at: dt.datetime | None = None
    failure: Text = ""
    failing_since_at: dt.datetime | None = None
    switch: Switch | None = None
    trial: str = ""

    @property
    def is_ill(self) -> bool:
        """Whether the last thing that happened to it is a failure."""
        if self.last_failure_at is None:
            return False
        return (
            self.failing_since_at is not None
            or self.last_success_at is None
            or self.last_failure_at > self.last_success_at
        )


Loader = Callable[[Actor, Sequence[Connector]], list[ConnectorLine]]
"""The lines of a room in the open school, for whoever sees the console; given the services that the school knows already."""

_loaders: dict[str, Loader] = {}


def offer_lines(key: str, loader: Loader) -> None:
    """Make the lines of a room known, at start-up; one or two statements each."""
    _loaders[key] = loader


def lines_offered(actor: Actor, connectors: Sequence[Connector]) -> list[ConnectorLine]:
    """The lines of all rooms, in the order of their keys."""
    return [line for key in sorted(_loaders) for line in _loaders[key](actor, connectors)]
