"""What the directory tells the rooms above."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PeopleMerged:
    """One record takes the place of another, which is about to go: what hangs from it moves now, in the same transaction.

    `establishments`: the schools that either is known in.
    """

    keep_id: int
    absorbed_id: int
    establishments: tuple[int, ...]
