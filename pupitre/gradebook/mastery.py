"""Levels of mastery, from several times that a skill was assessed to one. Nothing of Django."""

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from math import floor


class Mode(StrEnum):
    """How several levels become one."""

    BEST = "best"
    LAST = "last"
    N_BEST = "n_best"
    MEAN = "mean"
    PROGRESSIVE = "progressive"


LOWEST, HIGHEST = 1, 4


def mastery(levels: Sequence[int], mode: Mode = Mode.LAST, count: int = 3) -> int | None:
    """The level, from 1 to 4, of levels given from the oldest to the latest; None when it was never assessed.

    The best; the mean of the last `count`, or of the `count` best; the mean of all; or a mean in which the second weighs twice
    the first, the third three times. A mean goes to the nearest level, a half upwards.
    """
    if not levels:
        return None
    match mode:
        case Mode.BEST:
            return max(levels)
        case Mode.LAST:
            return _mean(levels[-count:])
        case Mode.N_BEST:
            return _mean(sorted(levels)[-count:])
        case Mode.MEAN:
            return _mean(levels)
        case Mode.PROGRESSIVE:
            weights = range(1, len(levels) + 1)
            total = sum(weight * level for weight, level in zip(weights, levels, strict=True))
            return _nearest(Fraction(total, sum(weights)))


def positioning(levels: Sequence[int | None]) -> int | None:
    """The level of a subject or of a domain (positionnement): the mean of those of its skills that were assessed."""
    known = [each for each in levels if each is not None]
    return _mean(known) if known else None


def _mean(levels: Sequence[int]) -> int:
    return _nearest(Fraction(sum(levels), len(levels)))


def _nearest(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))
