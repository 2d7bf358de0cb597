"""What a program and everything it started have used of the processors, as Linux counts it."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Times:
    """One process: its parent, and its ticks with those of its children that ended and were waited for."""

    parent: int
    ticks: int


def read_times(stat: str) -> Times:
    """The numbers of a `/proc/<pid>/stat` line. Source: proc(5), fields 4 and 14 to 17."""
    # The name, between parentheses, may hold blanks and parentheses.
    fields = stat[stat.rindex(")") + 2 :].split()
    return Times(parent=int(fields[1]), ticks=sum(int(field) for field in fields[11:15]))


def family(roots: Iterable[int], processes: dict[int, Times]) -> set[int]:
    """The processes of these roots that live: themselves, their children, and theirs."""
    known = {root for root in roots if root in processes}
    while True:
        more = {pid for pid, times in processes.items() if times.parent in known} - known
        if not more:
            return known
        known |= more


def processes() -> dict[int, Times]:
    """Every process of the machine."""
    found = {}
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            try:
                found[int(folder.name)] = read_times((folder / "stat").read_text())
            except OSError:  # it ended meanwhile
                continue
    return found


def cpu_seconds(*roots: int) -> float:
    """Processor time of these programs since they began, in seconds; what ended in between is still counted."""
    alive = processes()
    return sum(alive[pid].ticks for pid in family(roots, alive)) / _TICKS
