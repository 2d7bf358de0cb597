"""What an application writes after the « ? »: days, and which part of a list."""

import base64
import binascii
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.http import QueryDict
from django.utils.translation import gettext as _

from pupitre.integrations.api.problems import Problem

T = TypeVar("T")
USUAL, MOST = 50, 100
"""Rows of one answer."""
LONGEST = 62
"""Days of one answer."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days, both included."""

    first: dt.date
    last: dt.date

    def holds(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


def span_of(query: QueryDict, first: dt.date, last: dt.date) -> Span:
    """The days asked for (`from`, `to`), else those given; one alone keeps the usual length. Raises Problem."""
    length, start, end = last - first, _day(query, "from"), _day(query, "to")
    if start is None and end is None:
        return Span(first, last)
    start = start or (end or last) - length
    end = end or start + length
    if end < start:
        raise Problem("demande", _("Le jour « to » vient avant le jour « from »."))
    if (end - start).days >= LONGEST:
        said = _("Une demande couvre %(days)s jours au plus, « from » et « to » compris.")
        raise Problem("demande", said % {"days": LONGEST})
    return Span(start, end)


def _day(query: QueryDict, name: str) -> dt.date | None:
    text = query.get(name, "")
    if not text:
        return None
    try:
        day = dt.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        day = None
    if day is None or not 2000 <= day.year <= 2100:
        said = _("Le paramètre « %(name)s » attend un jour, comme 2026-11-24.")
        raise Problem("demande", said % {"name": name})
    return day


def page_of(
    query: QueryDict, rows: Sequence[T], key: Callable[[T], str], *, newest_first: bool = False
) -> tuple[list[T], str | None]:
    """A part of a list, and the cursor of the next one; None at the end. Raises Problem.

    `key` orders the rows, each its own: what comes or goes meanwhile moves nothing else.
    """
    size, after = _size(query), _after(query)
    ordered = sorted(rows, key=key, reverse=newest_first)
    left = [row for row in ordered if not after or (key(row) < after if newest_first else key(row) > after)]
    shown = left[:size]
    return shown, _cursor(key(shown[-1])) if len(left) > size else None


def _size(query: QueryDict) -> int:
    text = query.get("limit", "")
    if not text:
        return USUAL
    if not text.isdecimal() or len(text) > 6 or int(text) < 1:
        raise Problem("demande", _("Le paramètre « limit » attend un nombre à partir de 1."))
    return min(int(text), MOST)


def _after(query: QueryDict) -> str:
    text = query.get("cursor", "")
    try:
        return base64.b64decode(text, altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        said = _("Le paramètre « cursor » attend le « next » d’une réponse, tel quel.")
        raise Problem("demande", said) from None


def _cursor(key: str) -> str:
    return base64.urlsafe_b64encode(key.encode()).decode()
