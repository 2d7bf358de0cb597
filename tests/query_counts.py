"""The exact number of statements of every page, for everyone who may open it: one number when it is the same for all.

`query_counts.json` is reviewed like code: a number that rises is a choice. When a page changes on purpose, copy the
file that the failure names over it.
"""

import fcntl
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings

Counts = int | dict[str, int]

REVIEWED = Path(__file__).with_suffix(".json")


@cache
def reviewed() -> dict[str, Counts]:
    """Page by page, the numbers that were reviewed."""
    return dict(json.loads(REVIEWED.read_text()))


def together(counted: Mapping[str, int]) -> Counts:
    """The numbers of a page, caller by caller, as they are written."""
    numbers = set(counted.values())
    return numbers.pop() if len(numbers) == 1 else dict(counted)


def write_down(page: str, counts: Counts | None) -> Path:
    """Put what was measured, or that the page is gone, in a copy of the reviewed file; other processes do the same."""
    measured: Path = settings.STATE / REVIEWED.name
    with measured.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        is_new = not measured.exists() or measured.stat().st_mtime < REVIEWED.stat().st_mtime
        pages = dict(json.loads((REVIEWED if is_new else measured).read_text()))
        pages.pop(page, None)
        if counts is not None:
            pages[page] = counts
        lines = ",\n".join(f"  {json.dumps(page)}: {json.dumps(pages[page])}" for page in sorted(pages))
        measured.write_text(f"{{\n{lines}\n}}\n")
    return measured
