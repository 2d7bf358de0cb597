"""The school calendar of zone B, for any year.

The rule below gives the official dates of the years 2024 to 2026 (arrêtés du 7 décembre 2022 and those that followed);
later years are plausible, not official.
"""

from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_MONDAY, _THURSDAY, _SATURDAY = 0, 3, 5


@dataclass(frozen=True, slots=True)
class Break:
    """Days without lessons, both ends included."""

    label: str
    first: date
    last: date
    is_holiday: bool = True  # school holidays; False for a public holiday


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """A school year: `year` is its first calendar year; `ends_on` the last day of lessons."""

    year: int
    starts_on: date
    ends_on: date
    breaks: tuple[Break, ...]

    def is_open(self, day: date) -> bool:
        """Whether lessons take place that day (Monday to Friday)."""
        if day.weekday() >= _SATURDAY or not self.starts_on <= day <= self.ends_on:
            return False
        return not any(closed.first <= day <= closed.last for closed in self.breaks)

    @property
    def weeks(self) -> tuple[date, ...]:
        """Mondays of the weeks with at least one day of lessons."""
        monday = self.starts_on - self.starts_on.weekday() * _DAY
        mondays = []
        while monday <= self.ends_on:
            if any(self.is_open(monday + offset * _DAY) for offset in range(5)):
                mondays.append(monday)
            monday += _WEEK
        return tuple(mondays)


def _first(weekday: int, day: date) -> date:
    """The first such weekday on or after a day."""
    return day + ((weekday - day.weekday()) % 7) * _DAY


def _easter(year: int) -> date:
    """Easter Sunday (Gregorian computus, Butcher)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _start(year: int) -> date:
    first = date(year, 9, 1)
    return first if first.weekday() <= _THURSDAY else _first(_MONDAY, first)


def _holidays(year: int) -> tuple[Break, ...]:
    def two_weeks(label: str, saturday: date) -> Break:
        return Break(label, saturday, saturday + 15 * _DAY)

    # The three zones take turns: zone B leaves first in 2025, second in 2026, last in 2027.
    winter = _first(_SATURDAY, date(year + 1, 2, 5)) + ((year + 1 - 2025) % 3) * _WEEK
    return (
        two_weeks("Vacances de la Toussaint", _first(_SATURDAY, date(year, 10, 17))),
        two_weeks("Vacances de Noël", _first(_SATURDAY, date(year, 12, 17))),
        two_weeks("Vacances d’hiver", winter),
        two_weeks("Vacances de printemps", winter + 8 * _WEEK),
    )


def _public_holidays(year: int) -> tuple[Break, ...]:
    easter = _easter(year + 1)
    ascension = easter + 39 * _DAY
    days = (
        ("Armistice de 1918", date(year, 11, 11), 1),
        ("Lundi de Pâques", easter + _DAY, 1),
        ("Fête du Travail", date(year + 1, 5, 1), 1),
        ("Victoire de 1945", date(year + 1, 5, 8), 1),
        ("Pont de l’Ascension", ascension, 2),
        ("Lundi de Pentecôte", easter + 50 * _DAY, 1),
    )
    return tuple(Break(label, day, day + (length - 1) * _DAY, is_holiday=False) for label, day, length in days)


def calendar_of(year: int) -> SchoolCalendar:
    """The calendar of a school year, breaks in order; public holidays that fall in holidays or a weekend are left out."""
    holidays = _holidays(year)
    public = (
        day
        for day in _public_holidays(year)
        if day.first.weekday() < _SATURDAY and not any(h.first <= day.first <= h.last for h in holidays)
    )
    breaks = tuple(sorted((*holidays, *public), key=lambda closed: closed.first))
    return SchoolCalendar(year, _start(year), _first(_SATURDAY, date(year + 1, 7, 3)) - _DAY, breaks)


def school_year_of(day: date) -> int:
    """The school year to show on a day: it changes on 1 September, when people of the new one have their rights."""
    return day.year if day.month >= 9 else day.year - 1
