"""The blocks of a home in the order asked for, in one or two columns, each that could not be read in its own frame."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pupitre.foundation.ui.french import day_month, in_paris
from pupitre.portal.blocks import Block, label_of
from pupitre.portal.cards import Home, ImportLine, Row, Unread
from pupitre.portal.layout import Layout

# Where a room's part is drawn; what cannot be read of another one is said at the foot of the page.
_BLOCK_OF_PART: dict[str, str] = {
    "agenda.next": Block.EVENTS,
    "directory.figures": Block.FIGURES,
    "gradebook.children": Block.CHILDREN,
    "gradebook.latest": Block.MARKS,
    "imports.health": Block.IMPORTS,
    "moodle.children": Block.CHILDREN,
    "services.copies": Block.OUTSIDE,
    "timetable.children": Block.CHILDREN,
    "timetable.going_on": Block.DAY,
    "textbook.children": Block.CHILDREN,
    "textbook.due": Block.WORK,
    "timetable.my_groups": Block.CLASSES,
    "timetable.my_lessons": Block.DAY,
    "timetable.my_teaching": Block.DAY,
}
_TITLE_OF_PART = {
    "portal.layouts": gettext_lazy("Disposition de la page"),
    "timetable.my_teaching": gettext_lazy("Mes cours"),
}
_FIELDS: dict[str, str] = {
    Block.FIGURES: "kpis",
    Block.NOW: "now",
    Block.CHILDREN: "children",
    Block.DAY: "day",
    Block.WORK: "work",
    Block.CLASSES: "classes",
    Block.EVENTS: "events",
    Block.IMPORTS: "imports",
    Block.MARKS: "marks",
    Block.OUTSIDE: "outside",
}
_NARROW = frozenset(
    {Block.NEEDS, Block.DAY, Block.WORK, Block.CLASSES, Block.EVENTS, Block.IMPORTS, Block.MARKS, Block.OUTSIDE}
)
_LATEST = 3


def arranged(
    home: Home, layout: Layout, profile: str, *, failed: Iterable[str] = (), knows_actions: bool = True
) -> Home:
    """The home with its blocks in order. `failed` are the keys of the parts that could not be read, actions apart."""
    unread = tuple(dict.fromkeys(_unread(failed, profile, knows_actions=knows_actions)))
    broken = {each.block for each in unread}
    drawn = frozenset(block for block in layout.order if _has(home, block))
    shown = [block for block in layout.shown if block in drawn or block in broken]
    if not home.needs_me and Block.NEEDS not in broken:
        shown = _quiet_last(shown)
    return replace(home, rows=tuple(_rows(shown)), drawn=drawn, unread=unread)


def _unread(failed: Iterable[str], profile: str, *, knows_actions: bool) -> Iterator[Unread]:
    if not knows_actions:
        yield Unread(Block.NEEDS, label_of(Block.NEEDS, profile))
    for key in failed:
        block = _BLOCK_OF_PART.get(key, "")
        title = _TITLE_OF_PART.get(key) or (label_of(block, profile) if block else _("Autre partie de la page"))
        yield Unread(block, str(title))


def imports_within(home: Home, since: dt.date | None) -> Home:
    """The home with the imports of a window, or the three latest; it says so when the window is empty."""
    if since is None:
        return replace(home, imports=home.imports[:_LATEST])
    kept = [line for line in home.imports if _day_of(line) >= since]
    text = _("Depuis le %(day)s.") if kept else _("Aucun import depuis le %(day)s.")
    return replace(home, imports=kept, imports_note=text % {"day": day_month(since)} if home.imports else "")


def _day_of(line: ImportLine) -> dt.date:
    return in_paris(line.at).date() if line.at else dt.date.max


def _has(home: Home, block: str) -> bool:
    if block == Block.NEEDS:
        return home.needs_me is not None
    return bool(getattr(home, _FIELDS[block])) or (block == Block.IMPORTS and bool(home.imports_note))


def _quiet_last(shown: Sequence[str]) -> list[str]:
    """What says « nothing waits » leaves the first place to what there is to read."""
    if Block.NEEDS not in shown:
        return list(shown)
    at = shown.index(Block.NEEDS)
    rest = [block for block in shown if block != Block.NEEDS]
    reading = [
        place for place, block in enumerate(rest) if block in (Block.DAY, Block.CHILDREN, Block.WORK) and place >= at
    ]
    rest.insert(reading[-1] + 1 if reading else at, Block.NEEDS)
    return rest


def _rows(shown: Sequence[str]) -> Iterator[Row]:
    """Large blocks take the whole width; runs of small ones stand in two columns."""
    main = Block.DAY if Block.DAY in shown else Block.CLASSES
    run: list[str] = []
    for block in shown:
        if block in _NARROW:
            run.append(block)
            continue
        yield from _columns(run, main)
        run = []
        yield Row(block)
    yield from _columns(run, main)


def _columns(run: Sequence[str], main: str) -> Iterator[Row]:
    """What precedes the day takes the whole width, so that a phone and a desk read in the same order."""
    at = run.index(main) if main in run else 0
    yield from (Row(block) for block in run[:at])
    if run:
        yield Row(run[at], tuple(run[at + 1 :]))
