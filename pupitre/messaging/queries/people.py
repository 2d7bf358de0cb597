"""Whom somebody may write to, one by one; and what each verdict rests on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from pupitre.directory.names import fold
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.messaging import sql
from pupitre.messaging.audiences import Audience, Kind
from pupitre.messaging.matrix import Matrix
from pupitre.messaging.parties import Party, Scope
from pupitre.messaging.queries.rules import matrix_in_force
from pupitre.messaging.words import about_person

SHOWN = 30
"""People shown for one search: beyond, a longer name narrows better."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Somebody as they write in the open school: their person, and the parties they may speak as, the first one first."""

    person_id: int
    parties: tuple[Party, ...]
    # The child a guardian writes about; none: any of theirs.
    child_id: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of the school in one role (a guardian: for one child), and why the sender may write to them, or not.

    `spoken_as` is the party of the sender that `reason` is about.
    """

    person_id: int
    name: str
    sort_key: str
    party: Party
    about: str
    child_id: int | None
    child_name: str
    division: str
    shared: tuple[int, ...]
    reason: str
    spoken_as: Party

    @property
    def is_reached(self) -> bool:
        """Whether the sender may write to them."""
        return self.reason in ("class_yes", "anyone", "theirs", "delegate")

    @property
    def audience(self) -> Audience:
        """They, as an addressee."""
        return Audience(Kind.PERSON, self.person_id, self.party, self.child_id)


def find_people(sender: Sender, text: str) -> list[Candidate]:
    """Whom the sender may write to whose name, or whose child's, holds every word of `text`; by name."""
    words = fold(text).split()
    if not words:
        return []
    return _best(sender, words=words, most=SHOWN)[:SHOWN]


def everyone_reached(sender: Sender, most: int) -> list[Candidate]:
    """Everyone the sender may write to, by name: for those who have few of them, students and families."""
    return _best(sender, most=most)[:most]


def candidates_among(sender: Sender, person_ids: Iterable[int]) -> list[Candidate]:
    """These people of the school, in each of their roles, reached or not; who left is not among them."""
    return _best(sender, only=list(person_ids))


def _best(
    sender: Sender, *, words: Sequence[str] = (), only: list[int] | None = None, most: int = 0
) -> list[Candidate]:
    """One statement a party of the sender; the verdict that lets write wins."""
    if not sender.parties:
        return []
    matrix = matrix_in_force()
    found: dict[tuple[int, str, int | None], Candidate] = {}
    for party in sender.parties:
        for row in _rows(sender, party, matrix, words=words, only=only, most=most):
            known = found.get((row.person_id, row.party, row.child_id))
            if known is None or (row.is_reached and not known.is_reached):
                found[row.person_id, row.party, row.child_id] = row
    return sorted(found.values(), key=lambda each: (each.sort_key, each.child_name))


def _rows(
    sender: Sender, party: Party, matrix: Matrix, *, words: Sequence[str], only: list[int] | None, most: int
) -> list[Candidate]:
    """`most` above zero: only those whom the sender may write to."""
    statement = sql.candidates(party)
    if most:
        statement = f"select * from ({statement}) c where c.reason in {sql.REACHED} order by c.sort_key limit {most}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, {**parameters(sender, party, matrix), "words": list(words), "only": only})
        return [_candidate(row, party) for row in cursor.fetchall()]


def parameters(sender: Sender, party: Party, matrix: Matrix) -> dict[str, Any]:
    """What `sql.candidates` asks for, but the filters."""
    exceptions = matrix.exceptions_of(party)
    return {
        "school": current_establishment_id(),
        "today": clock.today(),
        "me": sender.person_id,
        "child": sender.child_id,
        "anyone": matrix.reached(party, Scope.ANY),
        "classes": matrix.reached(party, Scope.CLASS),
        "delegates": matrix.reached(party, Scope.DELEGATE),
        "ruled_groups": [each.group_id for each in exceptions],
        "ruled_parties": [str(each.recipient) for each in exceptions],
        "ruled_yes": [each.allows for each in exceptions],
    }


def _candidate(row: tuple[Any, ...], spoken_as: Party) -> Candidate:
    person, name, sort_key, party, function, child, child_name, child_first, relation, division, shared, reason = row
    about = about_person(party, function, relation, child_first, division)
    return Candidate(
        *(person, name, sort_key, Party(party), about, child, child_name, division, tuple(shared or ()), reason),
        spoken_as,
    )
