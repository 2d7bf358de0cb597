"""How we write dates, hours and numbers in French: « mardi 17 novembre, 8 h 05 », « 12,5 », with no-break spaces."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

NBSP = "\N{NO-BREAK SPACE}"
PARIS = ZoneInfo("Europe/Paris")
Hour = time | datetime | str
"""An hour of the day: local time, instant (shown in Paris), or the text « HH:MM » that the database gives."""

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


def in_paris(value: datetime) -> datetime:
    """An instant as read on a clock in Paris; a naive one is taken as already so."""
    return value.astimezone(PARIS) if value.tzinfo else value


def _day_of(value: date) -> date:
    return in_paris(value) if isinstance(value, datetime) else value


def _hour_and_minute(value: Hour) -> tuple[int, int]:
    if isinstance(value, str):
        return int(value[:2]), int(value[3:5])
    at = in_paris(value) if isinstance(value, datetime) else value
    return at.hour, at.minute


def hour(value: Hour) -> str:
    """In a sentence: « 8 h 05 », « 10 h »."""
    hours, minutes = _hour_and_minute(value)
    return f"{hours}{NBSP}h{NBSP}{minutes:02}" if minutes else f"{hours}{NBSP}h"


def clock(value: Hour) -> str:
    """In a margin or a table, where hours stand in a column: « 8 h 05 », « 10 h 00 »."""
    hours, minutes = _hour_and_minute(value)
    return f"{hours}{NBSP}h{NBSP}{minutes:02}"


def day_number(value: date) -> str:
    """« 1er », « 17 »."""
    number = _day_of(value).day
    return "1er" if number == 1 else str(number)


def day_month(value: date) -> str:
    """« 17 novembre », « 1er septembre »."""
    on = _day_of(value)
    return f"{day_number(on)}{NBSP}{MONTHS[on.month - 1]}"


def weekday(value: date) -> str:
    """« mardi »."""
    return DAYS[_day_of(value).weekday()]


def day(value: date) -> str:
    """« mardi 17 novembre »."""
    on = _day_of(value)
    return f"{DAYS[on.weekday()]} {day_month(on)}"


def day_year(value: date) -> str:
    """« mardi 17 novembre 2026 »."""
    on = _day_of(value)
    return f"{day(on)}{NBSP}{on.year}"


def day_hour(value: datetime) -> str:
    """« mardi 17 novembre, 8 h 05 »."""
    at = in_paris(value)
    return f"{day(at)}, {hour(at)}"


def number(value: float | Decimal) -> str:
    """« 1 240 », « 12,5 »: decimal comma, thousands apart, no useless zeros."""
    if isinstance(value, int):
        return f"{value:,}".replace(",", NBSP)
    whole, _, decimals = f"{value:,.2f}".partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", NBSP) + (f",{decimals}" if decimals else "")


def plural(count: int, one: str, many: str) -> str:
    """« 1 élève », « 26 élèves »; in French, zero is singular."""
    return f"{number(count)}{NBSP}{one if abs(count) < 2 else many}"


def duration(minutes: int) -> str:
    """« 35 min », « 1 h 15 »."""
    if minutes < 60:
        return f"{minutes}{NBSP}min"
    hours, rest = divmod(minutes, 60)
    return f"{hours}{NBSP}h{NBSP}{rest:02}" if rest else f"{hours}{NBSP}h"


def phone(number: str) -> str:
    """« 06 12 34 56 78 » for a number of metropolitan France kept as +33612345678; the others as they are."""
    if not (number.startswith("+33") and len(number) == 12):
        return number
    national = f"0{number[3:]}"
    return NBSP.join(national[at : at + 2] for at in range(0, 10, 2))


def initials(name: str) -> str:
    """First letters of the first and last words, for `.ava`: « Hélène Roussel » gives « HR »."""
    words = name.replace("-", " ").split()
    if not words:
        return ""
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def capfirst(text: str) -> str:
    """« Mardi 17 novembre » at the head of a sentence; the rest is left as it is."""
    return text[:1].upper() + text[1:]


FILTERS: dict[str, Callable[..., Any]] = {
    each.__name__: each
    for each in (
        *(hour, clock, day, day_number, day_month, day_year, day_hour, weekday),
        *(number, plural, duration, phone, initials, capfirst),
    )
}
