"""Writing an average: the rule that the school chose once, applied on the page only; what is kept stays exact."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

_HUNDREDTH = 100


class Direction(StrEnum):
    """Which way an average is written."""

    NONE = "none"
    UP = "up"
    DOWN = "down"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True)
class Rounding:
    """A rule: the direction, and the step in hundredths of a point (1, 10, 50 or 100)."""

    direction: Direction = Direction.NEAREST
    step: int = 10

    def apply(self, value: Fraction) -> Fraction:
        """The average as it is written; exact when the school does not round."""
        if self.direction is Direction.NONE:
            return value
        steps = value * _HUNDREDTH / self.step
        if self.direction is Direction.UP:
            whole = ceil(steps)
        elif self.direction is Direction.DOWN:
            whole = floor(steps)
        else:
            # A half goes up, as people count; Python's own goes to the even number.
            whole = floor(steps + Fraction(1, 2))
        return Fraction(whole * self.step, _HUNDREDTH)


def written(value: Fraction | None, rounding: Rounding) -> str:
    """« 12,6 », « 9,0 », « NN »: as many decimals as the step has; two, cut and not rounded, when the school does not round."""
    if value is None:
        return "NN"
    rounded = rounding.apply(value)
    decimals = 2 if rounding.direction is Direction.NONE or rounding.step == 1 else 1
    if rounding.direction is not Direction.NONE and rounding.step == _HUNDREDTH:
        decimals = 0
    units = floor(rounded * 10**decimals)
    whole, rest = divmod(units, 10**decimals)
    return f"{whole},{rest:0{decimals}}" if decimals else str(whole)


def plain(value: Fraction) -> str:
    """A mark or a weight: « 12,5 », « 0,25 », « 7 »; two decimals at most, no useless zero."""
    return plain_hundredths(floor(value * _HUNDREDTH + Fraction(1, 2)))


@lru_cache(maxsize=10_000)
def plain_hundredths(units: int) -> str:
    """The same of a whole number of hundredths; a grid writes hundreds of them, and they are few."""
    whole, rest = divmod(units, _HUNDREDTH)
    return f"{whole},{rest:02}".rstrip("0").rstrip(",")
