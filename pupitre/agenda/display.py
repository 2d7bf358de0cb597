"""The calendar placed on the page: entries by day, weeks of a month, and the words and ways around."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.agenda.kinds import LOOKS, Look
from pupitre.agenda.layers import DAYS_OFF, children_in, layers_of
from pupitre.agenda.models import Event
from pupitre.agenda.queries.calendar import EventRow, SchoolCalendar
from pupitre.foundation.ui.french import day_month

ONE_DAY = dt.timedelta(days=1)
SHOWN_IN_A_DAY = 3
"""Entries of one day in a month; the others are a touch away."""


@dataclass(frozen=True, slots=True)
class Child:
    """A child whom an entry concerns, in their colour."""

    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One time an event happens. `school` is said when the page holds several."""

    title: str
    kind: str
    look: Look
    url: str
    place: str
    starts_on: dt.date
    ends_on: dt.date
    starts_at: dt.time | None
    ends_at: dt.time | None
    is_cancelled: bool
    is_draft: bool
    is_personal: bool
    repeats: bool
    answer: str
    audience: str
    children: Sequence[Child] = ()
    school: str = ""

    @property
    def lasts_days(self) -> bool:
        return self.ends_on > self.starts_on


@dataclass(frozen=True, slots=True)
class Day:
    """One day, why nobody has lessons then if so, and its entries: `more` are not shown in a month."""

    on: dt.date
    is_today: bool
    is_outside: bool
    off: Sequence[str]
    entries: Sequence[Entry]

    @property
    def shown(self) -> Sequence[Entry]:
        return self.entries[:SHOWN_IN_A_DAY]

    @property
    def more(self) -> int:
        return max(len(self.entries) - SHOWN_IN_A_DAY, 0)


@dataclass(frozen=True, slots=True)
class Source:
    """One school of a calendar, and who its children are to the reader."""

    uai: str
    school: str
    calendar: SchoolCalendar


def entries_of(sources: Sequence[Source], hidden: frozenset[str], colours: Mapping[int, str]) -> list[Entry]:
    """What is shown of the schools, in order of time."""
    found = [
        _entry(row, source, colours, several=len(sources) > 1)
        for source in sources
        for row in source.calendar.events
        if not layers_of(row, source.calendar) <= hidden
    ]
    return sorted(found, key=lambda each: (each.starts_on, each.starts_at or dt.time.min, each.title))


def _entry(row: EventRow, source: Source, colours: Mapping[int, str], *, several: bool) -> Entry:
    names = {child.person: child.first_name for child in source.calendar.children}
    url = reverse("agenda:event", args=[source.uai, row.id])
    return Entry(
        title=row.title,
        kind=str(Event.Kind(row.kind).label),
        look=LOOKS[row.kind],
        url=f"{url}?le={row.starts_on}" if row.repeats else url,
        place=row.place,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        is_cancelled=row.is_cancelled,
        is_draft=row.is_draft,
        is_personal=row.is_personal,
        repeats=row.repeats,
        answer=_answer(row),
        audience=_audience(row),
        children=[Child(names[pk], colours.get(pk, "m-gris")) for pk in children_in(row, source.calendar)],
        school=source.school if several else "",
    )


def _answer(row: EventRow) -> str:
    if row.part is None or row.part.role == "student":
        return ""
    return row.part.answer or "waiting"


def _audience(row: EventRow) -> str:
    """« 4e B, 4e C », « établissement », « moi seulement »."""
    if row.is_personal:
        return _("moi seulement")
    if any(each.group is None for each in row.audience):
        return _("établissement")
    labels = list(dict.fromkeys(each.label or "" for each in row.audience))
    return ", ".join(labels[:4]) + (_(" et d’autres") if len(labels) > 4 else "")


def days_between(
    first: dt.date,
    last: dt.date,
    entries: Sequence[Entry],
    sources: Sequence[Source],
    hidden: frozenset[str],
    *,
    today: dt.date,
    month: int = 0,
) -> list[Day]:
    """Each day from `first` to `last` with what happens on it; `month`: days of another one stand outside."""
    days = [first + n * ONE_DAY for n in range((last - first).days + 1)]
    return [
        Day(
            on,
            on == today,
            bool(month) and on.month != month,
            _off(on, sources) if DAYS_OFF not in hidden else (),
            [each for each in entries if each.starts_on <= on <= each.ends_on],
        )
        for on in days
    ]


def agenda_of(days: Iterable[Day], first: dt.date) -> list[Day]:
    """The days of a list: those on which something begins, or goes on at its head."""
    listed = []
    for day in days:
        begun = [each for each in day.entries if each.starts_on == day.on or day.on == first]
        if begun:
            listed.append(Day(day.on, day.is_today, day.is_outside, day.off, begun))
    return listed


@dataclass(frozen=True, slots=True)
class Break:
    """Days without lessons, as a line of the list."""

    label: str
    starts_on: dt.date
    ends_on: dt.date


def breaks_of(sources: Sequence[Source], hidden: frozenset[str]) -> list[Break]:
    """The days off of the schools between the days read; those of one name and one date once, with the zone."""
    if DAYS_OFF in hidden:
        return []
    found: dict[tuple[str, dt.date, dt.date], None] = {}
    for source in sources:
        for each in source.calendar.closures:
            found[_named_off(each.label, source, sources), each.starts_on, each.ends_on] = None
    return [Break(*key) for key in sorted(found, key=lambda each: each[1:])]


def _off(on: dt.date, sources: Sequence[Source]) -> list[str]:
    return list(
        dict.fromkeys(
            _named_off(each.label, source, sources)
            for source in sources
            for each in source.calendar.closures
            if each.starts_on <= on <= each.ends_on
        )
    )


def _named_off(label: str, source: Source, sources: Sequence[Source]) -> str:
    zones = {each.calendar.zone for each in sources}
    if not label.lower().startswith("vacances"):
        return label
    shown = _("%(label)s, zone %(zone)s") % {"label": label, "zone": source.calendar.zone}
    return shown if len(zones) == 1 else f"{shown} ({source.school})"


def monday_of(day: dt.date) -> dt.date:
    """The Monday of the week of a day."""
    return day - day.weekday() * ONE_DAY


def week_title(first: dt.date) -> str:
    """« Semaine du 23 novembre »."""
    return _("Semaine du %(day)s") % {"day": day_month(first)}
