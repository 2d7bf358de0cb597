"""The marks of a year as a line to draw. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from pupitre.foundation.ui.french import MONTHS

_LEFT, _RIGHT, _TOP, _BOTTOM = 34.0, 592.0, 12.0, 172.0


@dataclass(frozen=True, slots=True)
class Point:
    """A mark out of twenty, where it is drawn, and its words."""

    x: float
    y: float
    value: Fraction
    on: dt.date


@dataclass(frozen=True, slots=True)
class Timeline:
    """Marks in their order: `line` joins means of the marks so far in months, `points` are the marks."""

    points: Sequence[Point]
    line: str
    months: Sequence[tuple[float, str]]
    half: float


def timeline(marks: Sequence[tuple[dt.date, Fraction]]) -> Timeline | None:
    """The marks of a student from the first to the last, out of twenty, with the mean of each month; None without a mark."""
    series = sorted(marks)
    if not series:
        return None
    first, last = series[0][0], series[-1][0]
    days = max((last - first).days, 1)

    def x_of(day: dt.date) -> float:
        return round(_LEFT + 8 + (_RIGHT - _LEFT - 16) * min(max((day - first).days, 0), days) / days, 1)

    def y_of(value: Fraction) -> float:
        return round(_BOTTOM - (_BOTTOM - _TOP) * float(value) / 20, 1)

    by_month: dict[tuple[int, int], list[tuple[dt.date, Fraction]]] = {}
    for day, value in series:
        by_month.setdefault((day.year, day.month), []).append((day, value))
    means = []
    for held in by_month.values():
        middle = held[len(held) // 2][0]
        means.append((x_of(middle), y_of(sum((value for _day, value in held), Fraction()) / len(held))))
    return Timeline(
        [Point(x_of(day), y_of(value), value, day) for day, value in series],
        " ".join(f"{x},{y}" for x, y in means),
        [(x_of(held[0][0]), MONTHS[month - 1]) for (_year, month), held in by_month.items()],
        y_of(Fraction(10)),
    )
