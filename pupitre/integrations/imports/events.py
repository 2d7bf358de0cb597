"""What rooms above may want to know of imports."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImportApplied:
    """An import was applied in a school: told inside its transaction."""

    establishment_id: int
    job_id: int


@dataclass(frozen=True, slots=True)
class ImportUndone:
    """An import was taken back in a school: told inside its transaction."""

    establishment_id: int
    job_id: int
