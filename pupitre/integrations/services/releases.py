"""What is told to services: named models of it as data (`releases.json`), and what one person's facts give with one of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from pupitre.integrations.services.attributes import SOURCES
from pupitre.integrations.services.facts import Facts

_FILE = Path(__file__).with_name("releases.json")


class Release(msgspec.Struct, frozen=True):
    """A named model. `identifier` says what goes as the user; `attributes` are (name for the service, fact)."""

    key: str
    label: str
    hint: str
    identifier: str
    attributes: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Told:
    """What one service is told of one person: `user`, and each attribute with its values."""

    user: str
    attributes: tuple[tuple[str, list[str]], ...]


class Unnameable(LookupError):
    """The person has none of the identifiers that this service wants."""


@cache
def releases() -> dict[str, Release]:
    """The named models, in the order of the file. A fact that nobody knows stops the start."""
    found = msgspec.json.decode(_FILE.read_bytes(), type=list[Release])
    unknown = {source for each in found for _name, source in each.attributes} - set(SOURCES)
    if unknown:
        raise RuntimeError(f"releases.json: {sorted(unknown)}")
    return {each.key: each for each in found}


def told_of(facts: Facts, *, identifier: str, attributes: Sequence[Sequence[str]], withheld: Collection[str]) -> Told:
    """What goes to a service; what is not known is left out. Raises Unnameable."""
    user = _user(facts, identifier)
    if not user:
        raise Unnameable(identifier)
    named = [(name, SOURCES[source].read(facts)) for name, source in attributes if name not in withheld]
    return Told(user, tuple((name, values) for name, values in named if values))


def _user(facts: Facts, identifier: str) -> str:
    if identifier == "login_uai":
        return f"{facts.login}@{facts.uai}"
    return next(iter(SOURCES[identifier].read(facts)), "")
