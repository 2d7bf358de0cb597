"""Recurrences of RFC 5545, the part that schools use, and never without an end: the school year cuts them."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import TypeVar

import recurring_ical_events
from icalendar import Calendar, Event, vRecur

_PARTS = re.compile(
    r"FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(?:;(?:INTERVAL|COUNT|UNTIL|BYDAY|BYMONTHDAY|BYMONTH|WKST|BYSETPOS)=[^;=]+)*"
)
_DAYS = re.compile(r"(?:[+-]?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:[+-]?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU))*")
_NUMBERS = re.compile(r"-?\d{1,2}(?:,-?\d{1,2}){0,30}")
_POSITION = re.compile(r"-?[1-4]")
_HOW_MANY = re.compile(r"[1-9]\d{0,5}")
_Moment = TypeVar("_Moment", dt.date, dt.datetime)


def is_known(rule: str) -> bool:
    """Whether a rule is of the part that is read here. What is left out might be searched for without end."""
    rule = rule.upper()
    if not _PARTS.fullmatch(rule):
        return False
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    if "BYDAY" in parts and not _DAYS.fullmatch(parts["BYDAY"]):
        return False
    if any(name in parts and not _NUMBERS.fullmatch(parts[name]) for name in ("BYMONTHDAY", "BYMONTH")):
        return False
    # Every 0 weeks is looked for without end.
    if any(name in parts and not _HOW_MANY.fullmatch(parts[name]) for name in ("INTERVAL", "COUNT")):
        return False
    # A date that no month has is looked for until the year 9999.
    if "BYMONTHDAY" in parts and ("BYDAY" in parts or parts["FREQ"] in ("DAILY", "WEEKLY")):
        return False
    if "BYSETPOS" in parts and ("BYDAY" not in parts or not _POSITION.fullmatch(parts["BYSETPOS"])):
        return False
    return "BYMONTH" not in parts or (parts["FREQ"] == "YEARLY" and "," not in parts["BYMONTH"])


def has_end(rule: str) -> bool:
    """Whether a rule says when it stops."""
    return "UNTIL=" in rule.upper() or "COUNT=" in rule.upper()


def days_of(rule: str, first: dt.date, last: dt.date) -> list[dt.date]:
    """The days on which something that starts on `first` happens until `last`, both included; `first` alone without a rule."""
    return moments_of(rule, first, last) if rule else [first]


def moments_of(
    rule: str, first: _Moment, last: _Moment, *, without: Sequence[_Moment] = (), also: Sequence[_Moment] = ()
) -> list[_Moment]:
    """The days, or the local hours, at which something that starts at `first` happens until `last`, both included.

    `without`: those left out; `also`: those added. Raises ValueError for a rule that cannot be read.
    """
    event = Event()
    event.add("uid", "one")
    event.add("dtstart", first)
    if rule:
        event.add("rrule", vRecur.from_ical(rule))
    if without:
        event.add("exdate", list(without))
    if also:
        event.add("rdate", list(also))
    calendar = Calendar()
    calendar.add_component(event)
    found = recurring_ical_events.of(calendar).between(first, last + dt.timedelta(days=1))
    return sorted({each["DTSTART"].dt for each in found if first <= each["DTSTART"].dt <= last})
