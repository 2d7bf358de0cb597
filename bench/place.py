"""Where a benchmark lives: a state folder of its own for each size, so that no real database is ever touched."""

import hashlib
import os
from pathlib import Path

from config.state import HOUSE, state_folder

# A Tuesday in the middle of a lesson: the next change of a home page is three quarters of an hour away.
NOW = "2026-11-24T10:20"
SEED = 2026
# What decides which database, which clock and which rights a process has.
_DECIDED_HERE = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_POOLER", "PUPITRE_DEMO", "PUPITRE_NOW_SINCE")


def place_of(schools: int, seed: int) -> Path:
    """The state folder of one academy."""
    return state_folder() / "bench" / f"{schools}-schools-{seed}"


def environment(place: Path, *, as_owner: bool = False) -> dict[str, str]:
    """What a process of the benchmark is started with."""
    kept = {name: value for name, value in os.environ.items() if name not in _DECIDED_HERE}
    return {
        **kept,
        "PUPITRE_STATE": str(place),
        "PUPITRE_ROLE": "owner" if as_owner else "",
        "PUPITRE_NOW": NOW,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
    }


def shape() -> str:
    """Changes whenever a kept academy would no longer be the one that would be made: migrations, or how it is made."""
    seen = hashlib.sha256()
    for path in (*sorted(HOUSE.glob("pupitre/**/migrations/*.py")), *sorted(HOUSE.glob("bench/academy/*.py"))):
        seen.update(path.read_bytes())
    return seen.hexdigest()[:16]
