"""A week of lessons placed on the page: columns, positions as classes of the stylesheet, the hours of the margin."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from unicodedata import normalize
from zlib import crc32

from pupitre.foundation.ui.french import DAYS
from pupitre.timetable.words import Mark

COLOURS = (
    *("m-bleu", "m-rouge", "m-vert", "m-jaune", "m-violet"),
    *("m-orange", "m-turquoise", "m-rose", "m-brun", "m-gris"),
)
# First words of the subjects’ names, as schools write them.
FAMILIES = (
    (("math",), "m-bleu"),
    (("francais", "lettres", "philo"), "m-rouge"),
    (("svt", "sciences de la vie", "sciences vie", "biologie"), "m-vert"),
    (("hist", "geo", "enseignement moral", "emc"), "m-jaune"),
    (("anglais",), "m-violet"),
    (("espagnol", "allemand", "italien", "portugais", "chinois", "arabe"), "m-orange"),
    (("physique", "chimie", "sciences phys"), "m-turquoise"),
    (("musique", "education musicale", "arts", "chant"), "m-rose"),
    (("techno", "sciences de l'ing", "numerique", "snt"), "m-brun"),
    (("eps", "ed.physique", "education phys", "sport"), "m-gris"),
)
FIRST_HOUR, LAST_HOUR, LONGEST, MOST_LANES = 7, 21, 240, 3
LUNCH = (dt.time(11, 15), dt.time(14, 30))
LUNCH_MINUTES, RAIL_MINUTES = 40, 30

BlockKind = Literal["lesson", "pause"]


@dataclass(frozen=True, slots=True)
class Item:
    """A lesson as the page needs it. `title` is what matters to the reader: the subject, or the class for a teacher."""

    weekday: int
    """1 is Monday."""
    starts_at: dt.time
    ends_at: dt.time
    title: str
    detail: str
    code: str
    """With `subject`, gives the colour."""
    subject: str = ""
    note: str = ""
    """« Semaine A », when it is worth saying."""
    url: str = ""
    marks: tuple[Mark, ...] = ()
    """What the day changed of it; crossed out when one of them says so."""
    reason: str = ""
    is_held: bool = True


@dataclass(frozen=True, slots=True)
class Block:
    """An item, or a lunch break, in its place: `place` holds the classes of position, colour and lane."""

    kind: BlockKind
    starts_at: dt.time
    ends_at: dt.time
    place: str
    title: str = ""
    detail: str = ""
    note: str = ""
    url: str = ""
    is_now: bool = False
    marks: tuple[Mark, ...] = ()
    reason: str = ""

    @property
    def tone(self) -> str:
        """The class of the first thing to know of it."""
        return f"ev--{self.marks[0].tone}" if self.marks else ""


@dataclass(frozen=True, slots=True)
class DayColumn:
    """One day; `blocks` in the order they are read, `lanes` lessons side by side at most."""

    number: int
    on: dt.date
    name: str
    is_today: bool
    is_shown: bool
    """Open on a phone, where one day is seen at a time."""
    lanes: int
    blocks: Sequence[Block]
    now_place: str = ""
    closed: str = ""
    """Why nobody has lessons: « Vacances de Noël »."""


@dataclass(frozen=True, slots=True)
class RailHour:
    """An hour written in the margin."""

    at: dt.time
    place: str


@dataclass(frozen=True, slots=True)
class Week:
    """Context `week` of `timetable/week.html`."""

    monday: dt.date
    days: Sequence[DayColumn]
    rail: Sequence[RailHour]
    classes: str

    @property
    def is_empty(self) -> bool:
        return not any(day.blocks for day in self.days)


@dataclass(frozen=True, slots=True)
class WeekPage:
    """Context `page` of `timetable/week.html`: the words and the ways around. `lede` may hold markup."""

    title: str
    lede: str
    previous_url: str
    next_url: str
    today_url: str
    empty: str
    is_this_week: bool


@lru_cache(maxsize=4096)
def subject_colour(code: str, label: str = "") -> str:
    """A colour that a subject (or a class) keeps on every page and every server.

    Subjects that everyone has are told apart by their usual name; the others, and classes, by their code.
    """
    words = _fold(label)
    for stems, colour in FAMILIES:
        if words.startswith(stems):
            return colour
    return COLOURS[crc32(code.encode()) % len(COLOURS)]


def place_week(
    monday: dt.date, items: Iterable[Item], now: dt.datetime, closed: Mapping[dt.date, str] | None = None
) -> Week:
    """Lay out the week that starts on `monday`. `now` is local: it marks today and the lesson going on; `closed` says why
    some days have no lessons.

    Saturday is a column only when there is something in it. Hours are shown to five minutes, as on paper.
    """
    by_day: dict[int, list[Item]] = {}
    for item in sorted(items, key=lambda item: (item.weekday, item.starts_at, item.ends_at, item.title)):
        by_day.setdefault(item.weekday, []).append(item)
    last = 6 if 6 in by_day else 5
    shown = now.date() if monday <= now.date() < monday + dt.timedelta(days=last) else monday
    dates = [monday + dt.timedelta(days=n) for n in range(last)]
    days = [column_of(on, by_day.get(on.isoweekday(), []), now, shown, (closed or {}).get(on, "")) for on in dates]
    starts = sorted({item.starts_at for day in by_day.values() for item in day})
    early = bool(starts) and starts[0].hour < 8
    classes = (" week--7" if early else "") + (" week--sam" if last == 6 else "")
    return Week(monday, days, rail_of(starts), classes)


def column_of(on: dt.date, items: Sequence[Item], now: dt.datetime, shown: dt.date, closed: str) -> DayColumn:
    """One day; `items` by hour."""
    lanes = _lanes(items)
    most = min(max((of for _, of in lanes), default=1), MOST_LANES)
    today = on == now.date()
    blocks: list[Block] = []
    reached = dt.time.min
    for item, (lane, of) in zip(items, lanes, strict=True):
        if blocks and _is_lunch(reached, item.starts_at):
            place = _place(reached, item.starts_at)
            blocks.append(Block("pause", reached, item.starts_at, place))
        reached = max(reached, item.ends_at)
        going_on = item.is_held and today and item.starts_at <= now.time() < item.ends_at
        blocks.append(_block(item, min(lane, MOST_LANES), of, going_on))
    at_school = today and bool(items) and items[0].starts_at <= now.time() <= reached
    return DayColumn(
        number=on.isoweekday(),
        on=on,
        name=DAYS[on.weekday()],
        is_today=today,
        is_shown=on == shown,
        lanes=most,
        blocks=blocks,
        now_place=_start(now.time()) if at_school else "",
        closed=closed,
    )


def _block(item: Item, lane: int, of: int, going_on: bool) -> Block:
    place = f"{_place(item.starts_at, item.ends_at)} {subject_colour(item.code, item.subject)}"
    if of > 1:
        place += f" v{lane}"
    return Block(
        kind="lesson",
        starts_at=item.starts_at,
        ends_at=item.ends_at,
        place=place,
        title=item.title,
        detail=item.detail,
        note=item.note,
        url=item.url,
        is_now=going_on,
        marks=item.marks,
        reason=item.reason,
    )


def _lanes(items: Sequence[Item]) -> list[tuple[int, int]]:
    """For each item, in order: its lane, from 1, and how many lanes its cluster of overlapping items takes."""
    found: list[tuple[int, int]] = []
    cluster: list[int] = []
    free_at: list[dt.time] = []

    def close() -> None:
        found.extend((lane, len(free_at)) for lane in cluster)
        cluster.clear()
        free_at.clear()

    for item in items:
        if free_at and all(at <= item.starts_at for at in free_at):
            close()
        lane = next((n for n, at in enumerate(free_at) if at <= item.starts_at), len(free_at))
        free_at[lane : lane + 1] = [item.ends_at]
        cluster.append(lane + 1)
    close()
    return found


def _is_lunch(ends_at: dt.time, starts_at: dt.time) -> bool:
    free = _minutes(starts_at) - _minutes(ends_at)
    return free >= LUNCH_MINUTES and ends_at >= LUNCH[0] and starts_at <= LUNCH[1]


def rail_of(starts: Sequence[dt.time]) -> list[RailHour]:
    """The hours at which lessons start, apart enough to be read."""
    rail: list[RailHour] = []
    for at in starts:
        if not rail or _minutes(at) - _minutes(rail[-1].at) >= RAIL_MINUTES:
            rail.append(RailHour(at, _start(at)))
    return rail


def _start(at: dt.time) -> str:
    return f"h{min(max(at.hour, FIRST_HOUR), LAST_HOUR)} m{at.minute // 5 * 5:02}"


def _place(starts_at: dt.time, ends_at: dt.time) -> str:
    minutes = (_minutes(ends_at) - _minutes(starts_at) + 2) // 5 * 5
    return f"{_start(starts_at)} d{min(max(minutes, 5), LONGEST)}"


def _fold(text: str) -> str:
    """Lower case, without accents."""
    return normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def _minutes(at: dt.time) -> int:
    return at.hour * 60 + at.minute
