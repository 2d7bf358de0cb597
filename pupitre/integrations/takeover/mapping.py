"""A row of the table → a line in our words: which student is named, what, from when to when. No database."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from pupitre.attendance.words import WHOLE_DAY
from pupitre.directory.names import fold
from pupitre.integrations.exchange.csv import Row, Table, is_scientific
from pupitre.integrations.exchange.text import read_ine
from pupitre.integrations.takeover.fields import thing_of
from pupitre.integrations.takeover.models import Thing
from pupitre.integrations.takeover.moments import (
    Half,
    Moment,
    read_answer,
    read_day,
    read_half,
    read_hour,
    read_minutes,
    read_moment,
)

MOST_DAYS = 120
_A_MOMENT = 5  # minutes of a lateness whose length is not said


class Unreadable(ValueError):
    """A line that cannot be taken as it is; holds a sentence."""


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a line names. `words`: of the names, folded, in any order; `number`: in the tool or the national base."""

    ine: str
    number: str
    words: tuple[str, ...]
    birth_date: dt.date | None
    division: str
    shown: str


@dataclass(frozen=True, slots=True)
class DayHours:
    """The hours of a school's day, for half-days: opening, end of the morning, beginning of the afternoon, closing."""

    opens: dt.time = dt.time(8)
    noon: dt.time = dt.time(12, 30)
    afternoon: dt.time = dt.time(13, 30)
    closes: dt.time = dt.time(17, 30)

    def of(self, half: Half) -> tuple[dt.time, dt.time]:
        """From when to when a half-day goes."""
        return {"am": (self.opens, self.noon), "pm": (self.afternoon, self.closes), "day": WHOLE_DAY}[half]


@dataclass(slots=True)
class Line:
    """A line of the file. `days`: first and last; hours are those of the first and of the last day."""

    number: int
    thing: Thing
    who: Named
    first: dt.date
    last: dt.date
    starts_at: dt.time
    ends_at: dt.time
    reason: str = ""
    is_justified: bool | None = None
    is_settled: bool = False
    comment: str = ""

    @property
    def told(self) -> str:
        """« BELKACEM Inès, 4B, 12/11/2026 »."""
        return ", ".join(filter(None, (self.who.shown, self.who.division, f"{self.first:%d/%m/%Y}")))


@dataclass(frozen=True, slots=True)
class Act:
    """A line of an incident, a punishment or a sanction. `nature`: the word that says which of them; `last`: of an exclusion."""

    number: int
    thing: Thing
    who: Named
    nature: str
    measure: str
    first: dt.date
    last: dt.date | None
    at: dt.time | None
    motive: str
    detail: str
    place: str
    role: str
    gravity: int | None
    author: str

    @property
    def word(self) -> str:
        """What the file calls it."""
        return (self.measure or self.nature or self.motive)[:60]

    @property
    def told(self) -> str:
        """« BELKACEM Inès, 4B, 12/11/2026 »."""
        return ", ".join(filter(None, (self.who.shown, self.who.division, f"{self.first:%d/%m/%Y}")))


ACTS = frozenset({Thing.INCIDENT, Thing.PUNISHMENT, Thing.SANCTION})


@dataclass(slots=True)
class Reader:
    """Reads rows by the columns that were chosen."""

    columns: Mapping[str, int]
    thing: str = ""
    hours: DayHours = field(default_factory=DayHours)
    is_english: bool = False

    def thing_at(self, row: Row) -> Thing:
        """What a row tells of. Raises Unreadable."""
        written = self._cell(row, "thing")
        if "thing" not in self.columns or (not written and self.thing):
            return Thing(self.thing or Thing.ABSENCE)
        found = thing_of(fold(written))
        if found is None:
            raise Unreadable(
                _("La nature « %(word)s » n’est ni une absence, ni un retard, ni rien d’autre de ce qui se reprend.")
                % {"word": written[:40]}
                if written
                else _("La nature de cette ligne n’est pas dite.")
            )
        return found

    def told(self, row: Row) -> str:
        """The row as its file names it, when it cannot be read."""
        return ", ".join(filter(None, (self.who(row).shown, self._cell(row, "starts_on"))))[:200] or str(row)[:200]

    def line(self, row: Row, thing: Thing) -> Line:
        """A row in our words. Raises Unreadable."""
        begin, end = self._day(row, "starts_on"), self._day(row, "ends_on")
        if begin is None:
            raise Unreadable(_("Il manque le jour."))
        last = end.on if end else begin.on
        if last < begin.on:
            raise Unreadable(_("La fin, le %(last)s, vient avant le début.") % {"last": f"{last:%d/%m/%Y}"})
        if (last - begin.on).days >= MOST_DAYS:
            raise Unreadable(_("Cette ligne couvre plus de 120 jours. Vérifiez ses deux dates."))
        starts, ends = (
            self._lateness(row, begin) if thing is Thing.LATENESS else self._away(row, begin, end)
        )  # fmt: skip
        if last == begin.on and ends <= starts:
            raise Unreadable(
                _("La fin, %(end)s, vient avant le début, %(start)s.")
                % {"end": f"{ends:%H:%M}", "start": f"{starts:%H:%M}"}
            )
        return Line(
            row.number, thing, self.who(row), begin.on, last, starts, ends,
            reason=self._cell(row, "reason")[:200],
            is_justified=self._answer(row, "justified"),
            is_settled=bool(self._answer(row, "settled")),
            comment=self._cell(row, "comment")[:300],
        )  # fmt: skip

    def act(self, row: Row, thing: Thing) -> Act:
        """A row of what a student did, or of what was decided. Raises Unreadable."""
        begin, end = self._day(row, "starts_on"), self._day(row, "ends_on")
        if begin is None:
            raise Unreadable(_("Il manque le jour."))
        if end and end.on < begin.on:
            raise Unreadable(_("La fin, le %(last)s, vient avant le début.") % {"last": f"{end.on:%d/%m/%Y}"})
        return Act(
            row.number, thing, self.who(row), self._cell(row, "thing"), self._cell(row, "measure"),
            begin.on, end.on if end else None, self._hour(row, "starts_at") or begin.at,
            self._cell(row, "reason"), self._cell(row, "comment"), self._cell(row, "place"), self._cell(row, "role"),
            self._gravity(row), self._cell(row, "author"),
        )  # fmt: skip

    def day(self, row: Row, name: str) -> dt.date | None:
        """The day of a column; None when nothing is written. Raises Unreadable."""
        found = self._day(row, name)
        return found.on if found else None

    def _gravity(self, row: Row) -> int | None:
        written = self._cell(row, "gravity")
        level = written[:1]
        if written and level not in ("1", "2", "3", "4", "5"):
            raise Unreadable(_("« %(text)s » n’est pas une gravité de 1 à 5.") % {"text": written[:40]})
        return int(level) if written else None

    def who(self, row: Row) -> Named:
        """Whom a row names."""
        last, first, whole = (self._cell(row, name) for name in ("last_name", "first_name", "student"))
        shown = whole or f"{last} {first}".strip()
        number = self._cell(row, "number").replace(" ", "")
        return Named(
            ine=read_ine(self._cell(row, "ine")),
            number="" if is_scientific(number) else number,
            words=tuple(sorted(fold(whole or f"{last} {first}").split())),
            birth_date=read_day(self._cell(row, "birth_date")),
            division=self._cell(row, "division")[:40],
            shown=(shown or self._cell(row, "ine") or number)[:100],
        )

    def _away(self, row: Row, begin: Moment, end: Moment | None) -> tuple[dt.time, dt.time]:
        """From what hour of the first day to what hour of the last one."""
        half = self._half(row) or begin.half
        starts, ends = self._hour(row, "starts_at") or begin.at, self._hour(row, "ends_at") or (end.at if end else None)
        if starts is None and ends is None:
            first = self.hours.of(half or "day")[0]
            last = self.hours.of((end.half if end else None) or half or "day")[1]
            return first, last
        if ends is None:
            if end is None or end.on == begin.on:
                raise Unreadable(_("Il manque l’heure de fin."))
            ends = WHOLE_DAY[1]
        return starts or WHOLE_DAY[0], ends

    def _lateness(self, row: Row, begin: Moment) -> tuple[dt.time, dt.time]:
        """From the hour of the lesson to that of arrival."""
        starts = self._hour(row, "starts_at") or begin.at
        if starts is None:
            raise Unreadable(_("Il manque l’heure du retard."))
        ends = self._hour(row, "ends_at")
        if ends is None:
            ends = _later(starts, read_minutes(self._cell(row, "minutes")) or _A_MOMENT)
        return starts, ends

    def _day(self, row: Row, name: str) -> Moment | None:
        written = self._cell(row, name)
        if not written:
            return None
        found = read_moment(written)
        if found is None:
            raise Unreadable(
                _("« %(text)s » n’est pas une date. Écrivez-la comme 12/11/2026.") % {"text": written[:40]}
            )
        return found

    def _hour(self, row: Row, name: str) -> dt.time | None:
        written = self._cell(row, name)
        if not written:
            return None
        found = read_hour(written)
        if found is None and name == "starts_at" and (half := read_half(written, is_english=self.is_english)):
            return self.hours.of(half)[0]
        if found is None and name == "ends_at" and (half := read_half(written, is_english=self.is_english)):
            return self.hours.of(half)[1]
        if found is None:
            raise Unreadable(_("« %(text)s » n’est pas une heure. Écrivez-la comme 8h05.") % {"text": written[:40]})
        return found

    def _half(self, row: Row) -> Half | None:
        written = self._cell(row, "half")
        if not written:
            return None
        found = read_half(written, is_english=self.is_english)
        if found is None:
            raise Unreadable(
                _("« %(text)s » n’est ni le matin, ni l’après-midi, ni la journée.") % {"text": written[:40]}
            )
        return found

    def _answer(self, row: Row, name: str) -> bool | None:
        written = self._cell(row, name)
        found = read_answer(written)
        if written and found is None:
            raise Unreadable(_("« %(text)s » ne se lit ni comme oui, ni comme non.") % {"text": written[:40]})
        return found

    def _cell(self, row: Row, name: str) -> str:
        return row[self.columns.get(name)]


def reader_of(table: Table, columns: Mapping[str, int], thing: str, hours: DayHours) -> Reader:
    """A reader for a table; the column of half-days says whether « AM » is English."""
    return Reader(columns, thing, hours, _says_pm(row[columns.get("half")] for row in table.rows))


def _says_pm(cells: Iterable[str]) -> bool:
    return any(fold(cell) == "pm" for cell in cells)


def _later(at: dt.time, minutes: int) -> dt.time:
    """Some minutes later, the same day."""
    total = min(at.hour * 60 + at.minute + minutes, 24 * 60 - 1)
    return dt.time(total // 60, total % 60)
