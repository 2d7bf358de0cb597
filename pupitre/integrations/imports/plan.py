"""What an import would do: changes for people to read, each with the rows it would write."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Any

import msgspec

from pupitre.establishments.ledger import Write
from pupitre.integrations.exchange.verdicts import Finding
from pupitre.integrations.imports.kinds import Kind


class Change(msgspec.Struct):
    """One difference, in words (`record`, `field`, `old`, `new`, `reason`) and in rows (`writes`).

    `key` names it for ever: the same difference found again has the same key. `proposed` is False for what must not be
    done unless a human says so.
    """

    key: str
    kind: Kind
    record: str
    writes: list[Write]
    field: str = ""
    old: str = ""
    new: str = ""
    reason: str = ""
    proposed: bool = True


class Choice(msgspec.Struct, frozen=True):
    """A finding that a human may settle by choosing one of our group codes."""

    finding: Finding
    outside: str
    codes: tuple[str, ...]


class Candidate(msgspec.Struct, frozen=True):
    """Something of ours that a name may stand for, how likely (0–100) and why."""

    value: str
    label: str
    why: str
    score: int


class Question(msgspec.Struct):
    """A name of timetable software that is not recognised, with the nearest of ours, the best first."""

    source: str
    kind: str
    outside: str
    label: str
    candidates: list[Candidate]
    may_create: bool = True
    lessons: int = 0


class Plan(msgspec.Struct):
    """The outcome of a comparison. `holds`: why a human must confirm; `blocks`: why nobody may apply it as it is."""

    changes: list[Change] = []
    findings: list[Finding] = []
    choices: list[Choice] = []
    questions: list[Question] = []
    holds: list[str] = []
    blocks: list[str] = []
    counts: dict[str, int] = {}

    def find(self, severity: Any, code: str, record: str, reason: str, **more: str) -> None:
        """Note something to know, mended or left aside."""
        self.findings.append(Finding(severity, code, record, reason, **more))

    @property
    def fingerprint(self) -> str:
        """The same for the same differences, whatever the day."""
        digest = hashlib.sha256()
        for change in sorted(self.changes, key=lambda each: each.key):
            digest.update(msgspec.msgpack.encode((change.key, change.old, change.new)))
        return digest.hexdigest()


def count_by_kind(changes: Iterable[Change]) -> Counter[str]:
    """How many changes of each kind."""
    return Counter(str(change.kind) for change in changes)
