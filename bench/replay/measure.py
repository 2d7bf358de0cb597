"""Rounds of views: each page in turn, several times, so that a noise of the machine falls on all of them alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.replay import instructions
from bench.replay.cpu import cpu_seconds, family, processes
from bench.replay.load import Burst, burst


@dataclass(frozen=True, slots=True)
class Target:
    """A kind of view ready to be asked for: where, the file of its requests, the programs that answer."""

    key: str
    url: str
    requests: Path
    server: int
    database: int | None


@dataclass(frozen=True, slots=True)
class Pace:
    """How long, how often, how many at once."""

    rounds: int
    seconds: float
    warm_up: float
    visitors: int = 8


@dataclass(slots=True)
class Series:
    """What the rounds gave for one kind of view. Costs are per view: milliseconds, millions of instructions."""

    server_ms: list[float] = field(default_factory=list)
    database_ms: list[float] = field(default_factory=list)
    instructions: list[float] = field(default_factory=list)
    bursts: list[Burst] = field(default_factory=list)
    alone: list[Burst] = field(default_factory=list)

    @property
    def cpu_ms(self) -> float:
        return median(server + base for server, base in zip(self.server_ms, self.database_ms, strict=True))

    def middle(self, value: Callable[[Burst], float]) -> float:
        """The median over the rounds at full load."""
        return median(value(each) for each in self.bursts)


def measure(targets: Sequence[Target], pace: Pace, tell: Callable[[str], None]) -> dict[str, Series]:
    """Every target in turn, `pace.rounds` times; by key."""
    series = {target.key: Series() for target in targets}
    for target in targets:
        burst(target.url, target.requests, visitors=pace.visitors, seconds=pace.warm_up)
    for number in range(pace.rounds):
        tell(f"  tour {number + 1} sur {pace.rounds}")
        for target in targets:
            _one(target, pace, series[target.key])
    return series


def _one(target: Target, pace: Pace, into: Series) -> None:
    into.alone.append(burst(target.url, target.requests, visitors=1, seconds=max(1, pace.seconds / 3)))
    before = _spent(target)
    counter = instructions.Counter(_pids(target)) if instructions.is_supported() else None
    seen = burst(target.url, target.requests, visitors=pace.visitors, seconds=pace.seconds)
    counted = counter.stop() if counter else None
    after = _spent(target)
    into.bursts.append(seen)
    views = max(1, seen.requests)
    into.server_ms.append(1000 * (after[0] - before[0]) / views)
    into.database_ms.append(1000 * (after[1] - before[1]) / views)
    if counted is not None:
        into.instructions.append(counted / views / 1e6)


def _spent(target: Target) -> tuple[float, float]:
    return cpu_seconds(target.server), cpu_seconds(target.database) if target.database else 0.0


def _pids(target: Target) -> set[int]:
    return family([target.server, *([target.database] if target.database else [])], processes())
