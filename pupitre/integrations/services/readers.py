"""Rooms that read in a tool what it says of people: each offers one function, called by a job and never by a page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pupitre.directory.identity import Identity
from pupitre.directory.profiles import Profile
from pupitre.foundation.registry import Text
from pupitre.integrations.services.copies import Section
from pupitre.integrations.services.models import Connector

READERS = frozenset({Profile.STUDENT, Profile.GUARDIAN, Profile.TEACHER, Profile.SUPPORT})
"""Whose home shows what other tools say."""
SECONDS = 2.0
"""How long a tool may take to answer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom a tool is asked: somebody who is signed in, and may use it in the school of the connector.

    No school is open while the tool is asked, and no transaction: a reader opens the school for its own rows.
    """

    connector: Connector
    identity: Identity
    uai: str
    seconds: float = SECONDS


@dataclass(frozen=True, slots=True)
class Found:
    """What a tool said: by person (whoever asked, or a child who is open to them), the sections of the home.

    `whole` is what a page of the reader's room shows of it, in a form of its own.
    """

    about: dict[int, list[Section]] = field(default_factory=dict)
    whole: dict[str, Any] = field(default_factory=dict)


class NoAnswer(Exception):
    """The tool answered nothing that can be used; `code` is one of `failures.py`. `is_ill`: it would answer nobody."""

    def __init__(self, code: str, *, is_ill: bool = True) -> None:
        super().__init__(code)
        self.code = code
        self.is_ill = is_ill


@dataclass(frozen=True, slots=True)
class Reader:
    """A way to read a tool, which says something of those `profiles`.

    `fetch` asks it and raises NoAnswer, or `outside.Unreachable`; it writes no copy itself. `model`: the named model (of
    `releases.json`) of the services that are read so; a service that leaves it is not read any more. « »: any.
    """

    key: str
    label: Text
    fetch: Callable[[Asked], Found]
    profiles: frozenset[str] = READERS
    model: str = ""


_readers: dict[str, Reader] = {}


def offer_reader(reader: Reader) -> None:
    """Make a way to read known, at start-up."""
    _readers[reader.key] = reader


def reader_of(key: str) -> Reader | None:
    """The way that a connector names; None when its room is not there."""
    return _readers.get(key)


def readers_of_model(model: str) -> list[str]:
    """The keys of the ways to read that go with a named model."""
    return [each.key for each in _readers.values() if model and each.model == model]
