"""What the council of a class knows: its sitting, its day, what is written and what misses; one statement."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import msgspec
from django.db import connection

from pupitre.councils import sql
from pupitre.directory.models import Group
from pupitre.establishments.models import Term
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.reportcards.queries.mentions import STARTER
from pupitre.reportcards.queries.past import PastTold


class SittingFacts(msgspec.Struct, frozen=True, gc=False):
    """The sitting as pages show it."""

    id: int
    state: str = "prepared"
    opened_at: dt.datetime | None = None
    closed_at: dt.datetime | None = None
    summary: str = ""
    minutes: str = ""
    version: int = 0
    by: str = ""
    at: dt.datetime | None = None
    published_at: dt.datetime | None = None
    reminded_at: dt.datetime | None = None
    reminded_by: str = ""


UNTOUCHED = SittingFacts(0)
"""The council of a class that nobody has touched yet."""


class PlannedFacts(msgspec.Struct, frozen=True, gc=False):
    """Its day in the calendar, else the one of « Périodes », of which nothing more is known."""

    event: int | None
    on: dt.date
    starts_at: dt.time | None
    ends_at: dt.time | None
    place: str
    is_convened: bool


class CardState(NamedTuple):
    """Where the bulletin of a student stands."""

    student: int
    status: str
    has_synthesis: bool
    mention: str | None


class CardFacts(msgspec.Struct, frozen=True, gc=False):
    """The part of the council in the bulletin of a student."""

    status: str = "draft"
    synthesis: str = ""
    version: int = 0
    by: str | None = None
    at: dt.datetime | None = None
    school_life: str = ""
    school_life_version: int = 0
    mention: str = ""
    wishes: str = ""
    decision: str = ""
    supports: list[str] = []


class WrittenText(msgspec.Struct, frozen=True, gc=False):
    """The appreciation of one course; its version is 0 while nothing was written."""

    course: int
    text: str = ""
    version: int = 0
    by: str | None = None
    at: dt.datetime | None = None


class ProposalFacts(msgspec.Struct, frozen=True, gc=False):
    """What the council proposes to a student."""

    path: str = ""
    reason: str = ""


class _Read(msgspec.Struct, frozen=True, gc=False):
    sitting: SittingFacts | None
    planned: PlannedFacts | None
    cards: list[CardState]
    missing: list[tuple[int, int]]
    mentions: list[tuple[str, bool]] | None
    delegates: list[int]
    convened: list[int]
    card: CardFacts | None
    texts: list[WrittenText]
    before: str | None
    half_days: list[tuple[int, float]]
    late: int
    proposal: ProposalFacts | None
    past: list[PastTold]


_decode = msgspec.json.Decoder(_Read).decode


@dataclass(frozen=True)
class ClassFacts:
    """The class, and one student when one was asked for."""

    read: _Read

    @property
    def sitting(self) -> SittingFacts:
        return self.read.sitting or UNTOUCHED

    @property
    def planned(self) -> PlannedFacts | None:
        return self.read.planned

    @property
    def mentions(self) -> Sequence[str]:
        """The list of the school, in its order, and the mention that the student has, were it taken off since."""
        rows = self.read.mentions
        offered = [label for label, is_active in rows if is_active] if rows else [str(each) for each in STARTER]
        held = self.card.mention
        return [*offered, held] if held and held not in offered else offered

    @property
    def card(self) -> CardFacts:
        return self.read.card or CardFacts()

    @property
    def proposal(self) -> ProposalFacts:
        return self.read.proposal or ProposalFacts()

    @property
    def past(self) -> Sequence[PastTold]:
        """The bulletins of the student that another tool gave, the latest first."""
        return self.read.past

    @cached_property
    def states(self) -> dict[int, CardState]:
        """By student, where their bulletin stands; who has none yet is left out."""
        return {each.student: each for each in self.read.cards}

    @cached_property
    def missing(self) -> dict[int, list[int]]:
        """The appreciations that miss: by student, their courses."""
        held: dict[int, list[int]] = {}
        for student, course in self.read.missing:
            held.setdefault(student, []).append(course)
        return held

    @cached_property
    def delegates(self) -> frozenset[int]:
        """The people who sit for the class: those of the sitting, and those convened."""
        return frozenset(self.read.delegates) | frozenset(self.read.convened)

    @cached_property
    def texts(self) -> dict[int, WrittenText]:
        """By course, the appreciations of the student."""
        return {each.course: each for each in self.read.texts}

    def is_seen(self, student: int) -> bool:
        """Whether the council has spoken of them: their bulletin is no longer a draft."""
        state = self.states.get(student)
        return state is not None and state.status != "draft"


def facts_of(division: Group, term: Term, student: int | None = None) -> ClassFacts:
    """Everything of a class in a term, and of a student when asked; one statement."""
    facts: dict[str, Any] = {
        "school": current_establishment_id(), "divisions": [division.pk], "term": term.pk, "student": student,
        "today": clock.today(),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql.FACTS, facts)
        return ClassFacts(_decode(cursor.fetchone()[0]))
