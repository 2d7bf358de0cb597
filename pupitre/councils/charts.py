"""A path as numbers to draw. Pure."""

from collections.abc import Sequence
from fractions import Fraction

_WIDTH, _HEIGHT, _EDGE = 96.0, 28.0, 4.0
_LOWEST, _HIGHEST = 0, 20


def spark(values: Sequence[Fraction | None]) -> list[tuple[float, float]]:
    """Points of a small line in a box of 96 by 28: known values only, each at the place of its term; empty under two.

    The scale is that of the values, two points wide at least, so that a small change stays small.
    """
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return []
    low, high = min(value for _place, value in known), max(value for _place, value in known)
    spare = max(Fraction(0), 2 - (high - low)) / 2
    low, high = max(Fraction(_LOWEST), low - spare), min(Fraction(_HIGHEST), high + spare)
    step = (_WIDTH - 2 * _EDGE) / (len(values) - 1)
    tall = _HEIGHT - 2 * _EDGE
    return [
        (round(_EDGE + place * step, 1), round(_HEIGHT - _EDGE - tall * float((value - low) / (high - low)), 1))
        for place, value in known
    ]
