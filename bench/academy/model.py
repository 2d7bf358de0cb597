"""What a school of the academy is while its rows are being made."""

from dataclasses import dataclass, field
from random import Random

from bench.academy.tables import Tables

YEAR = 2026
FIRST_DAY = f"{YEAR}-09-01"
# When accounts were made and last seen, on the clock of the benchmark.
MADE_AT = "2026-09-01T08:00:00+02:00"
SEEN_AT = "2026-11-24T08:00:00+01:00"
EXPIRES_AT = "2027-02-22T08:00:00+01:00"


@dataclass(frozen=True, slots=True)
class Division:
    """A class: its group, its level (0 is the first year), its students' row numbers."""

    group: int
    label: str
    level: int
    students: tuple[int, ...]


@dataclass(slots=True)
class School:
    """One school: its number in the academy, its draw of chance, its rows' numbers."""

    number: int
    tables: Tables
    random: Random
    establishment: int = 0
    uai: str = ""
    school_year: int = 0
    divisions: list[Division] = field(default_factory=list)
    # Persons by role, in the order they were made.
    people: dict[str, list[int]] = field(default_factory=dict)
    # Accounts by person, and the persons who have opened theirs.
    users: dict[int, int] = field(default_factory=dict)
    opened: set[int] = field(default_factory=set)
    # Of a teacher, the service whose grid is full.
    marked: dict[int, int] = field(default_factory=dict)
    # Guardians' persons, who may have a child in the next school too.
    families: list[tuple[int, ...]] = field(default_factory=list)

    def add(self, table: str, *values: object) -> int:
        """A row of a table that carries its school."""
        return self.tables.add(table, self.establishment, *values)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Someone whose browser is signed in: what they are, where, and the key of their session."""

    role: str
    uai: str
    session: str
    course: int = 0
    """A service that they mark, with its grid full; 0 for everyone else."""
