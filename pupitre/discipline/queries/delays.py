"""How long sanctions stay written: the national delays, and those that the school wrote."""

import datetime as dt

from pupitre.discipline.erasure import NATIONAL, Delay, delay_for, erased_on, last_suspension_day
from pupitre.discipline.models import ErasureRule
from pupitre.establishments.models import SchoolYear


def delays_of_school() -> list[Delay]:
    """Every delay, past and present, national or written here; one statement."""
    own = [
        Delay(each.kind, each.applies_from_on, each.years, f"{each.author_name} : {each.reason}")
        for each in ErasureRule.objects.order_by("applies_from_on")
    ]
    return [*NATIONAL, *own]


def year_end(day: dt.date) -> dt.date:
    """The end of the school year of a day: the school's own, else 31 August; one statement."""
    year = SchoolYear.objects.filter(starts_on__lte=day, ends_on__gte=day).first()
    if year is not None:
        return year.ends_on
    return dt.date(day.year + (day.month > 8), 8, 31)


def erasure_day(kind: str, decided_on: dt.date, born_on: dt.date | None = None) -> dt.date:
    """The first day on which a sanction decided on a day is in the file no more; two statements."""
    return erased_on(delay_for(kind, decided_on, delays_of_school()), decided_on, year_end(decided_on), born_on)


def suspension_bounds(kind: str, decided_on: dt.date) -> tuple[dt.date, dt.date]:
    """The first and last day to which a sursis may run (R511-13-1); three statements."""
    ends_on = year_end(decided_on)
    return ends_on, last_suspension_day(kind, erasure_day(kind, decided_on), ends_on)
