"""Charts as numbers to draw. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import cos, pi, sin

from pupitre.gradebook.rounding import plain
from pupitre.gradebook.statistics import Spread, bars_of

_LEFT, _WIDTH, _BOTTOM, _TALLEST = 10, 284, 124.0, 80.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A column: how many marks between `starts_at` and two points above."""

    starts_at: int
    count: int
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Where its words are centred."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Histogram:
    """The marks of an assessment, brought to twenty, by two points; `mean_x` is where the mean stands."""

    bars: tuple[Bar, ...]
    mean: str
    mean_x: float
    count: int


def histogram(values: Iterable[Fraction]) -> Histogram | None:
    """The spread of marks out of twenty; None without a mark."""
    series = list(values)
    counts = bars_of(series)
    if not counts:
        return None
    step = min(_WIDTH / len(counts), 60)
    most = max(count for _at, count in counts)
    bars = tuple(
        Bar(
            at, count, round(_LEFT + place * step, 1), round(_BOTTOM - _TALLEST * count / most, 1), round(step - 4, 1),
            round(_TALLEST * count / most, 1),
        )
        for place, (at, count) in enumerate(counts)
    )  # fmt: skip
    mean = sum(series, Fraction()) / len(series)
    along = min(float(mean - counts[0][0]) / 2, len(counts))
    return Histogram(bars, plain(mean), round(_LEFT + along * step, 1), len(series))


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of a radar: where it ends, where its level stands, and where its name is written."""

    number: int
    x: float
    y: float
    at_x: float
    at_y: float
    text_x: float
    text_y: float
    level: int | None


@dataclass(frozen=True, slots=True)
class Radar:
    """Levels from 1 to 4 on axes around a centre; `shape` joins those that are known, `rings` are the four levels."""

    axes: tuple[Axis, ...]
    shape: str
    rings: tuple[str, ...]


_CENTRE, _RADIUS, _LEVELS = 130.0, 96.0, 4


def radar(levels: Sequence[int | None]) -> Radar:
    """A radar of these levels, in their order, clockwise from the top."""
    count = max(len(levels), 3)

    def at(place: int, length: float) -> tuple[float, float]:
        angle = 2 * pi * place / count - pi / 2
        return round(_CENTRE + length * cos(angle), 1), round(_CENTRE + length * sin(angle), 1)

    axes = tuple(
        Axis(
            place + 1,
            *at(place, _RADIUS),
            *at(place, _RADIUS * (level or 0) / _LEVELS),
            *at(place, _RADIUS + 16),
            level,
        )
        for place, level in enumerate(levels)
    )
    known = [axis for axis in axes if axis.level is not None]
    rings = tuple(
        " ".join(f"{x},{y}" for x, y in (at(place, _RADIUS * ring / _LEVELS) for place in range(count)))
        for ring in range(1, _LEVELS + 1)
    )
    return Radar(axes, " ".join(f"{axis.at_x},{axis.at_y}" for axis in known), rings)


STRIP_LEFT, STRIP_POINT = 10, 19
"""Where zero stands on a strip 400 wide, and how long a point is."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A spread as a box between whiskers on a line from 0 to 20: the five numbers and the mean, each at its place."""

    least: float
    first_quartile: float
    median: float
    third_quartile: float
    most: float
    mean: float

    @property
    def width(self) -> float:
        """Of the box; a sliver at least, so that it is seen when half the class has one average."""
        return max(round(self.third_quartile - self.first_quartile, 1), 2.0)

    @property
    def cross(self) -> str:
        """The mean, as a cross: told from the median, a stroke, without any colour."""
        return f"M{self.mean - 4:.1f} 8l8 8m0-8l-8 8"


def strip_of(spread: Spread) -> Strip:
    """The strip of a spread."""
    return Strip(
        *(
            strip_at(each)
            for each in (
                spread.least, spread.first_quartile, spread.median, spread.third_quartile, spread.most, spread.mean
            )
        )
    )  # fmt: skip


def strip_at(value: Fraction | int) -> float:
    """Where a value stands on a strip."""
    return round(STRIP_LEFT + STRIP_POINT * float(value), 1)
