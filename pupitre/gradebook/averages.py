"""Averages, exactly: whole numbers and fractions, never a float, and nothing of Django.

A mark `n` out of a scale `d` with the coefficient `c` is worth the value `v = 20·n/d`. It weighs `w = c` when it is brought
to 20, else `w = c·d/20`: a mark out of 5 then weighs a quarter of a mark out of 20. The average is `Σ w·v / Σ w`.
Without a counted mark there is no average (None, written « NN »), and never a zero. Rounding is for the page (`rounding.py`).
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import lcm

TOP = 20
"""Averages are out of twenty."""


class Option(StrEnum):
    """How a mark counts: like any other, by its points above the half, or only when it raises the average."""

    NONE = "none"
    BONUS = "bonus"
    IF_BETTER = "if_better"


class Fate(StrEnum):
    """What became of a mark in an average."""

    COUNTED = "counted"
    BONUS = "bonus"
    NOT_A_NUMBER = "not_a_number"
    ZERO_COEFFICIENT = "zero_coefficient"
    BELOW_HALF = "below_half"
    NOT_BETTER = "not_better"
    NOTHING_TO_RAISE = "nothing_to_raise"


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: points and coefficient in hundredths, so that they are whole; `points` is None without a number."""

    points: int | None
    scale: int = TOP
    coefficient: int = 100
    brought: bool = False
    option: Option = Option.NONE
    key: Hashable = None

    @property
    def value(self) -> Fraction:
        """Out of twenty; only means something for a mark that has points."""
        return Fraction(TOP * (self.points or 0), 100 * self.scale)

    @property
    def weight(self) -> Fraction:
        """How much it weighs in the average."""
        return Fraction(self.coefficient, 100) if self.brought else Fraction(self.coefficient * self.scale, 100 * TOP)


@dataclass(frozen=True, slots=True)
class Line:
    """A mark in an explanation. `value` out of twenty, None without a number; `weight` is what it really weighed."""

    mark: Mark
    fate: Fate
    value: Fraction | None
    weight: Fraction


@dataclass(frozen=True, slots=True)
class Explained:
    """An average with the fate of every mark, in their order. `before` is that of the compulsory marks alone."""

    value: Fraction | None
    before: Fraction | None
    lines: Sequence[Line]
    is_capped: bool = False
    """More than twenty with its bonus: held at twenty."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a service (sous-matière), or a service in the general average: an average and what it weighs, in hundredths."""

    value: Fraction | None
    coefficient: int = 100
    key: Hashable = None


def hundredths(number: Decimal) -> int:
    """A number with two decimals at most, as a whole number of hundredths. Raises ValueError for more decimals."""
    scaled = number * 100
    if scaled != (whole := int(scaled)):
        raise ValueError(number)
    return whole


def average_of(marks: Iterable[Mark]) -> Fraction | None:
    """The average out of twenty, or None: what `explain` says, without the reasons."""
    # Whole numbers until the last line: a school has hundreds of thousands of marks and five scales.
    points, weights, brought, optional = 0, 0, dict[int, int](), list[Mark]()
    for mark in marks:
        if mark.points is None or not mark.coefficient:
            continue
        if mark.option is not Option.NONE:
            optional.append(mark)
        elif mark.brought:
            brought[mark.scale] = brought.get(mark.scale, 0) + mark.points * mark.coefficient
            weights += mark.coefficient * TOP
        else:
            points += mark.points * mark.coefficient
            weights += mark.coefficient * mark.scale
    if not weights:
        return None
    common = lcm(*brought)
    sums = points * common + sum(TOP * total * (common // scale) for scale, total in brought.items())
    if not optional:
        return Fraction(sums, common * weights * 5)
    return _with_optional(Fraction(sums, 10_000 * common), Fraction(weights, 100 * TOP), optional)


def _with_optional(sums: Fraction, weights: Fraction, optional: Sequence[Mark]) -> Fraction:
    sums += sum((_bonus(mark) for mark in optional if mark.option is Option.BONUS), Fraction())
    sums, weights, _chosen = _raise(sums, weights, [mark for mark in optional if mark.option is Option.IF_BETTER])
    return min(sums / weights, Fraction(TOP))


def explain(marks: Sequence[Mark]) -> Explained:
    """The average of these marks, and for each which part it took and why."""
    counting = [mark for mark in marks if mark.points is not None and mark.coefficient]
    plain = [mark for mark in counting if mark.option is Option.NONE]
    weights = sum((mark.weight for mark in plain), Fraction())
    sums = sum((mark.weight * mark.value for mark in plain), Fraction())
    if not weights:
        return Explained(None, None, [_line(mark, None, frozenset()) for mark in marks])
    before = sums / weights
    sums += sum((_bonus(mark) for mark in counting if mark.option is Option.BONUS), Fraction())
    better = [mark for mark in counting if mark.option is Option.IF_BETTER]
    sums, weights, chosen = _raise(sums, weights, better)
    found = sums / weights
    lines = [_line(mark, before, chosen) for mark in marks]
    return Explained(min(found, Fraction(TOP)), before, lines, is_capped=found > TOP)


def mean_of(parts: Iterable[Part]) -> Fraction | None:
    """The weighted mean of averages: parts of a service, services of a general average, periods of a year.

    What has no average, or weighs nothing, does not enter.
    """
    sums, weights = Fraction(), 0
    for part in parts:
        if part.value is not None and part.coefficient:
            sums += part.value * part.coefficient
            weights += part.coefficient
    return sums / weights if weights else None


def service_average(marks: Iterable[tuple[Hashable, Mark]], parts: Mapping[Hashable, int]) -> Fraction | None:
    """The average of a service: of its marks, or of its parts when it has some (what each weighs, in hundredths)."""
    if not parts:
        return average_of(mark for _part, mark in marks)
    held: dict[Hashable, list[Mark]] = {}
    for part, mark in marks:
        held.setdefault(part, []).append(mark)
    return mean_of(Part(average_of(held.get(part, [])), weight, part) for part, weight in parts.items())


def _bonus(mark: Mark) -> Fraction:
    """What the points above the half of the scale add to the sum; they weigh nothing, so they can only raise."""
    above = mark.value - Fraction(TOP, 2)
    return mark.weight * above if above > 0 else Fraction()


def _raise(sums: Fraction, weights: Fraction, marks: Sequence[Mark]) -> tuple[Fraction, Fraction, frozenset[int]]:
    """Add the marks that raise the average: the highest first, while one is above it. The sums, and who was taken.

    This is the best of all choices whatever the order of entry: a mark above the average raises it, one below lowers it, and
    the average only goes up while the marks tried go down.
    """
    taken = set()
    for mark in sorted(marks, key=lambda each: each.value, reverse=True):
        if mark.value * weights <= sums:
            break
        sums += mark.weight * mark.value
        weights += mark.weight
        taken.add(id(mark))
    return sums, weights, frozenset(taken)


def _line(mark: Mark, before: Fraction | None, chosen: frozenset[int]) -> Line:
    value = None if mark.points is None else mark.value
    fate = _fate(mark, before, chosen)
    return Line(mark, fate, value, mark.weight if fate is Fate.COUNTED else Fraction())


def _fate(mark: Mark, before: Fraction | None, chosen: frozenset[int]) -> Fate:
    if mark.points is None:
        return Fate.NOT_A_NUMBER
    if not mark.coefficient:
        return Fate.ZERO_COEFFICIENT
    if mark.option is Option.NONE:
        return Fate.COUNTED
    if before is None:
        return Fate.NOTHING_TO_RAISE
    if mark.option is Option.BONUS:
        return Fate.BONUS if _bonus(mark) else Fate.BELOW_HALF
    return Fate.COUNTED if id(mark) in chosen else Fate.NOT_BETTER
