"""A class in a few numbers, exactly."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

CHANGE = Fraction(1, 2)
"""From half a point on, an average has changed."""


class Trend(StrEnum):
    """What an average did from one term to the next."""

    UP = "up"
    SAME = "same"
    DOWN = "down"


def trend_of(change: Fraction | None) -> Trend | None:
    """What a change of average tells: half a point at least, else it is stable; None without two averages."""
    if change is None:
        return None
    if abs(change) < CHANGE:
        return Trend.SAME
    return Trend.UP if change > 0 else Trend.DOWN


@dataclass(frozen=True, slots=True)
class Spread:
    """How averages, or marks out of twenty, spread; `low` under 8, `middle` from 8 to 12, `high` above 12."""

    count: int
    least: Fraction
    most: Fraction
    mean: Fraction
    median: Fraction
    first_quartile: Fraction
    third_quartile: Fraction
    low: int
    middle: int
    high: int


def spread_of(values: Iterable[Fraction | None]) -> Spread | None:
    """The spread of what has a number; None when nothing has.

    Median: the middle, or the mean of the two middles. Quartiles: the smallest value such that a quarter, or three
    quarters, of the series do not pass it. Source: programmes de mathématiques du collège et du lycée.
    """
    series = sorted(each for each in values if each is not None)
    if not series:
        return None
    middle = len(series) // 2
    median = series[middle] if len(series) % 2 else (series[middle - 1] + series[middle]) / 2
    low = sum(each < 8 for each in series)
    high = sum(each > 12 for each in series)
    return Spread(
        count=len(series),
        least=series[0],
        most=series[-1],
        mean=sum(series, Fraction()) / len(series),
        median=median,
        first_quartile=_quartile(series, 1),
        third_quartile=_quartile(series, 3),
        low=low,
        middle=len(series) - low - high,
        high=high,
    )


def bars_of(values: Iterable[Fraction], width: int = 2) -> list[tuple[int, int]]:
    """How many values in each interval of `width` points, from the lowest that holds one to the highest; 20 is in the last."""
    counts = [0] * (20 // width)
    for each in values:
        counts[min(int(each // width), len(counts) - 1)] += 1
    held = [place for place, count in enumerate(counts) if count]
    return [(place * width, counts[place]) for place in range(held[0], held[-1] + 1)] if held else []


def _quartile(series: Sequence[Fraction], quarter: int) -> Fraction:
    return series[-(-quarter * len(series) // 4) - 1]
