"""What services do besides knowing who enters: what a school opens to them, what each person lets them do in their name.

The room that keeps it says so on the console and on « Mes services », which know nothing of it.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pupitre.foundation.actor import Actor
from pupitre.foundation.registry import Text
from pupitre.integrations.services.models import Connector


@dataclass(frozen=True, slots=True)
class Hold:
    """What a service may read, since when, the last time, and where to end it: a form of one button, posted to `address`."""

    labels: Sequence[Text]
    since_at: dt.datetime
    used_at: dt.datetime | None
    address: str


Holds = Callable[[Actor, Sequence[Connector]], Mapping[int, Hold]]
Reach = Callable[[Sequence[Connector]], Mapping[int, Sequence[Text]]]
"""By connector, in the open school; no statement where there can be none."""

_holds: list[Holds] = []
_reach: list[Reach] = []


def offer_holds(holds: Holds, reach: Reach) -> None:
    """Make known, at start-up, what people let services do, and what schools open to them, in words."""
    _holds.append(holds)
    _reach.append(reach)


def holds_of(actor: Actor, connectors: Sequence[Connector]) -> dict[int, Hold]:
    """By connector, what a person lets it do."""
    return {pk: hold for loader in _holds for pk, hold in loader(actor, connectors).items()}


def reach_of(connectors: Sequence[Connector]) -> dict[int, Sequence[Text]]:
    """By connector, what the school lets it ask people."""
    return {pk: labels for loader in _reach for pk, labels in loader(connectors).items() if labels}
