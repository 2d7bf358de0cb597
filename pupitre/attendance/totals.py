"""Half-days added up over a month or a term, and the thresholds of the law. Pure, like `half_days.py`."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from pupitre.attendance.half_days import HalfDayCount, Method, Standing

FIRST_THRESHOLD, SECOND_THRESHOLD = 4, 10
"""Half-days in a calendar month (L131-8 and R131-7 of the Code de l’éducation; circulaire 2014-159)."""


@dataclass(frozen=True, slots=True)
class Total:
    """Half-days of a period: justified and unjustified never hold the same one; `full_unjustified` were missed whole.

    A half-day whose justification waits for the office is in `pending` alone: it is neither of the two yet. `missing`
    registers were never taken: while there are some, the count says that it is incomplete.
    """

    justified: Fraction = Fraction(0)
    pending: Fraction = Fraction(0)
    unjustified: Fraction = Fraction(0)
    full_unjustified: int = 0
    missing: int = 0

    @property
    def all(self) -> Fraction:
        """Every half-day that counts."""
        return self.justified + self.pending + self.unjustified


def total_of(counts: Iterable[HalfDayCount], method: Method = Method.BY_LESSON, *, missing: int = 0) -> Total:
    """Add up half-days by the rule that the school reads."""
    sums = dict.fromkeys(Standing, Fraction(0))
    full = 0
    for count in counts:
        sums[count.standing] += count.by(method)
        full += count.is_full and count.standing is Standing.UNJUSTIFIED
    return Total(sums[Standing.JUSTIFIED], sums[Standing.PENDING], sums[Standing.UNJUSTIFIED], full, missing)


def threshold_reached(
    month: Total, *, first: int = FIRST_THRESHOLD, second: int = SECOND_THRESHOLD, full_only: bool = True
) -> int:
    """2, 1 or 0: the threshold that a calendar month of one student reaches. What waits for the office raises nothing.

    The first counts unjustified half-days, the second those that were missed whole (`full_only`).
    """
    if (month.full_unjustified if full_only else month.unjustified) >= second:
        return 2
    return int(month.unjustified >= first)


def number_of(value: Fraction) -> str:
    """« 3 », « 0,25 »: at most two decimals, with the French comma."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".").replace(".", ",")


def said(unjustified: Fraction, pending: Fraction) -> str:
    """« 3 », or « 3 (+1) » when a justification waits."""
    waiting = f" (+{number_of(pending)})" if pending else ""
    return f"{number_of(unjustified)}{waiting}"
