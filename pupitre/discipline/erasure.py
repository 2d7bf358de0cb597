"""When a sanction leaves the student's file: a delay by kind and by day of decision, as data. No query.

Delays are in school years after that of the decision: 0 is its end, 1 the end of the next, 2 the end of the second next.

Sources. Decided from 1 September 2019: Code de l’éducation, R511-13, IV (décret n° 2019-906 of 30 August 2019, art. 7):
warning, end of the year; reprimand and mesure de responsabilisation, end of the next; temporary exclusions, end of the second
next; expulsion, at the end of secondary schooling (`end_of_secondary`).
R511-13-1 bears out the longest: a sursis may last as long as the
sanction stays written, and for an expulsion until the end of the second school year that follows. Decided before: décret
n° 2011-728 of 24 June 2011, end of the year for the first three, one year date to date for temporary exclusions (éduscol,
« l’amnistie et l’effacement administratif des sanctions »). The head may write a later rule, never change a past one.

Those of 2019 were read again in the ministry’s presentation of the decree and in that of the académie d’Amiens, which agree.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from pupitre.discipline.scale import Kind

DATE_TO_DATE = -1
"""One year, day for day."""
LEAVING_AGE, SECONDARY_YEARS = 20, 7


@dataclass(frozen=True, slots=True)
class Delay:
    """How long a kind stays, when decided from a day on. `years` None: until the end of secondary schooling."""

    kind: str
    applies_from_on: dt.date
    years: int | None
    source: str


_OLD, _NEW = dt.date(2011, 9, 1), dt.date(2019, 9, 1)
_DECREE_OLD, _DECREE_NEW = "Décret n° 2011-728 du 24 juin 2011", "R511-13, IV (décret n° 2019-906 du 30 août 2019)"

NATIONAL: tuple[Delay, ...] = (
    Delay(Kind.WARNING, _OLD, 0, _DECREE_OLD),
    Delay(Kind.REPRIMAND, _OLD, 0, _DECREE_OLD),
    Delay(Kind.RESPONSIBILITY, _OLD, 0, _DECREE_OLD),
    Delay(Kind.CLASS_EXCLUSION, _OLD, DATE_TO_DATE, _DECREE_OLD),
    Delay(Kind.SCHOOL_EXCLUSION, _OLD, DATE_TO_DATE, _DECREE_OLD),
    Delay(Kind.EXPULSION, _OLD, None, _DECREE_OLD),
    Delay(Kind.WARNING, _NEW, 0, _DECREE_NEW),
    Delay(Kind.REPRIMAND, _NEW, 1, _DECREE_NEW),
    Delay(Kind.RESPONSIBILITY, _NEW, 1, _DECREE_NEW),
    Delay(Kind.CLASS_EXCLUSION, _NEW, 2, _DECREE_NEW),
    Delay(Kind.SCHOOL_EXCLUSION, _NEW, 2, _DECREE_NEW),
    Delay(Kind.EXPULSION, _NEW, None, _DECREE_NEW),
)


def delay_for(kind: str, decided_on: dt.date, delays: Iterable[Delay]) -> Delay:
    """The delay that applies to a sanction: of those in force on the day of its decision, the latest."""
    known = [each for each in delays if each.kind == kind]
    in_force = [each for each in known if each.applies_from_on <= decided_on]
    return max(in_force or known[:1], key=lambda each: each.applies_from_on)


def erased_on(delay: Delay, decided_on: dt.date, year_ends_on: dt.date, born_on: dt.date | None = None) -> dt.date:
    """The first day on which the sanction is in the file no more. `year_ends_on`: end of the school year of the decision."""
    if delay.years is None:
        return end_of_secondary(year_ends_on, born_on)
    if delay.years == DATE_TO_DATE:
        return _years_later(decided_on, 1)
    return _years_later(year_ends_on, delay.years) + dt.timedelta(days=1)


def end_of_secondary(year_ends_on: dt.date, born_on: dt.date | None) -> dt.date:
    """The day from which secondary schooling is held to be over, for somebody expelled in the year that ends then.

    A school does not know what became of a student who left it. The rule of this house: the first of September that follows
    the twentieth birthday; without a date of birth, the seventh one after that school year, as from 6e to terminale. Never
    sooner than a temporary exclusion would be erased. The head, when told of the end before, erases by hand.
    """
    if born_on is None:
        day = dt.date(year_ends_on.year + SECONDARY_YEARS, 9, 1)
    else:
        adult = _years_later(born_on, LEAVING_AGE)
        day = dt.date(adult.year + (adult > dt.date(adult.year, 9, 1)), 9, 1)
    return max(day, _years_later(year_ends_on, 2) + dt.timedelta(days=1))


def last_suspension_day(kind: str, erases_on: dt.date | None, year_ends_on: dt.date) -> dt.date:
    """How long a sursis may last (R511-13-1): as long as the sanction stays written; for an expulsion, two years more."""
    if kind == Kind.EXPULSION or erases_on is None:
        return _years_later(year_ends_on, 2)
    return erases_on - dt.timedelta(days=1)


def _years_later(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
