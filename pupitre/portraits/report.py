"""What became of each file of a zip. Pure; no Django."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Fate(StrEnum):
    """How a file ends; the words of `matching.Unmatched` among them."""

    KEPT = "kept"
    UNKNOWN = "unknown"
    SEVERAL = "several"
    NOT_ALLOWED = "not_allowed"
    UNREADABLE = "unreadable"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Line:
    """One file: its name, how it ended, and the student it was recognised as: number of their schooling, name and class."""

    name: str
    fate: Fate
    student: int | None = None
    shown: str = ""


@dataclass(slots=True)
class Report:
    """What became of the files of a zip, in its order."""

    lines: list[Line] = field(default_factory=list)

    @classmethod
    def of(cls, rows: Iterable[Sequence[Any]]) -> "Report":
        """What `rows` gave, read again."""
        return cls([Line(name, Fate(fate), student, shown) for name, fate, student, shown in rows])

    def rows(self) -> list[list[Any]]:
        """Plain lists, to be kept."""
        return [[each.name, str(each.fate), each.student, each.shown] for each in self.lines]

    def those(self, fate: str) -> list[Line]:
        """The files that ended so."""
        return [each for each in self.lines if each.fate == fate]

    @property
    def kept(self) -> int:
        """How many photographs were kept."""
        return len(self.those(Fate.KEPT))

    @property
    def read(self) -> int:
        """How many files were read."""
        return len(self.lines)

    @property
    def settled(self) -> set[int]:
        """The students whose photograph is settled: another file of theirs comes too late."""
        return {each.student for each in self.lines if each.student and each.fate in (Fate.KEPT, Fate.UNREADABLE)}
