"""Scopes beyond who somebody is: a room above says what each lets a service read, and to whom it is open."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from pupitre.foundation.actor import Actor
from pupitre.foundation.registry import Text
from pupitre.integrations.services.models import Connector

LASTING = "offline_access"
"""The standard name of what outlives the session of the browser (OpenID Connect Core, 11)."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a service may ask to read. `label` and `detail` are what the person agrees to, in words."""

    key: str
    label: Text
    detail: Text


@dataclass(frozen=True, slots=True)
class ScopeSource:
    """The scopes of one room. All its functions run in the open school.

    `keys`: every name there is. `open_to`: those that the school opened to a service for this actor. `agreed`: what the person
    was asked, and what they agreed to. `agree` keeps their answer: what was asked, and what of it they chose.
    """

    keys: Sequence[str]
    open_to: Callable[[Connector, Actor], Sequence[Scope]]
    agreed: Callable[[Connector, Actor], tuple[Collection[str], Collection[str]]]
    agree: Callable[[Connector, Actor, Collection[str], Collection[str]], None]


_sources: list[ScopeSource] = []


def offer_scopes(source: ScopeSource) -> None:
    """Make scopes known, at start-up."""
    _sources.append(source)


def offered_keys() -> list[str]:
    """Every name, for discovery."""
    return [key for source in _sources for key in source.keys]


def wanted_of(asked: Collection[str], connector: Connector, actor: Actor) -> list[Scope]:
    """Of what a service asks, what its school opened to it; no statement when it asks for none."""
    sources = [source for source in _sources if set(source.keys) & set(asked)]
    return [each for source in sources for each in source.open_to(connector, actor) if each.key in asked]


def agreed_to(wanted: Sequence[Scope], connector: Connector, actor: Actor) -> frozenset[str] | None:
    """What the person agreed to of it; None when some of it was never asked."""
    keys = {each.key for each in wanted}
    chosen: set[str] = set()
    for source in _sources:
        if mine := keys & set(source.keys):
            before, kept = source.agreed(connector, actor)
            if not mine <= set(before):
                return None
            chosen |= mine & set(kept)
    return frozenset(chosen)


def kept_of(wanted: Sequence[Scope], connector: Connector, actor: Actor) -> frozenset[str]:
    """Of these, what the person agreed to the last time: their ticks when they are asked again."""
    keys = {each.key for each in wanted}
    sources = [source for source in _sources if keys & set(source.keys)]
    return frozenset(key for source in sources for key in source.agreed(connector, actor)[1] if key in keys)


def agree_to(wanted: Sequence[Scope], chosen: Collection[str], connector: Connector, actor: Actor) -> frozenset[str]:
    """Keep the answer of the person, and give what they agreed to."""
    keys = {each.key for each in wanted}
    for source in _sources:
        if mine := keys & set(source.keys):
            source.agree(connector, actor, mine, mine & set(chosen))
    return frozenset(keys & set(chosen))
