"""The result of the DNB from session 2026 on, exactly, and nothing of Django.

Two parts in five: the mean of the annual averages of the compulsory subjects, all of one coefficient; three in five: the
examination. The points above ten of one optional subject are added, within twenty. Source: arrêté du 31 décembre 2015 as changed
in April 2025, and note de service du 2 septembre 2025. The text does not say whether these points enter the sum or the mean:
the sum is taken here, which promises less.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

CONTINUOUS, EXAMINATION = Fraction(2, 5), Fraction(3, 5)
TOP, PASS = Fraction(20), Fraction(10)
EXAMS = (("fra", 20), ("mat", 20), ("hge", 15), ("emc", 5), ("sci", 20), ("ora", 20))
"""French, mathematics, history and geography, moral and civic education, sciences, oral: coefficients in tenths."""
MENTIONS = ((18, "congratulations"), (16, "very_good"), (14, "good"), (12, "fair"))


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject of the year: `terms` are its averages, None where nothing counts."""

    label: str
    terms: Sequence[Fraction | None]
    is_optional: bool = False
    origins: Sequence[str] = ()
    """For each term, the tool that its average is taken over from, if it is."""

    @property
    def average(self) -> Fraction | None:
        """The mean of the terms that have one."""
        known = [each for each in self.terms if each is not None]
        return sum(known, Fraction()) / len(known) if known else None

    @property
    def above(self) -> Fraction:
        """What an optional subject brings: its points above ten."""
        return max(self.average - PASS, Fraction()) if self.is_optional and self.average is not None else Fraction()


@dataclass(frozen=True, slots=True)
class Continuous:
    """The part of the year: `mean` before what an optional subject brings, `value` after; `bonus` names that subject."""

    value: Fraction
    mean: Fraction
    bonus: Subject | None
    count: int
    is_capped: bool


def continuous(subjects: Iterable[Subject]) -> Continuous | None:
    """The part of the year, or None while no compulsory subject has an average."""
    held = list(subjects)
    known = [each.average for each in held if not each.is_optional and each.average is not None]
    if not known:
        return None
    best = max((each for each in held if each.above), key=lambda each: each.above, default=None)
    total = sum(known, Fraction())
    value = (total + (best.above if best else 0)) / len(known)
    return Continuous(min(value, TOP), total / len(known), best, len(known), value > TOP)


def final(year: Fraction, examination: Fraction) -> Fraction:
    """The result out of twenty."""
    return year * CONTINUOUS + examination * EXAMINATION


def mention(result: Fraction) -> str:
    """The key of the mention, « pass » without one, « fail » under ten."""
    found = next((key for least, key in MENTIONS if result >= least), None)
    return found or ("pass" if result >= PASS else "fail")


def needed(year: Fraction, wanted: Fraction) -> Fraction | None:
    """The mean that the examination must give to reach a result; None when twenty would not be enough."""
    least = max((wanted - year * CONTINUOUS) / EXAMINATION, Fraction())
    return least if least <= TOP else None
