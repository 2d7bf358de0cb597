"""In which weeks lessons take place when software only names them: « H », « Q1 », « Semaine B »."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable

from pupitre.directory.names import fold
from pupitre.integrations.imports.compare.context import Context

EVERY, FIRST, SECOND = "H", "Q1", "Q2"
_ALWAYS = frozenset({"", "h", "hebdo", "hebdomadaire", "t", "toutes", "toutes les semaines", "1/1"})
_FORTNIGHT = re.compile(r"(?:q|quinz|quinzaine|sem|semaine|s(?=[ab]))?\s*\.?\s*([12ab])")
_LAST_LESSONS = (7, 4)  # of a year whose dates go to the end of August
_SCHOOL_DAYS = 5


class Weeks:
    """The weeks of a school year: those that its timetable already names, else those without holidays."""

    def __init__(self, context: Context, closures: Iterable[tuple[dt.date, dt.date]]) -> None:
        self._first_monday = context.first_monday
        self.open = [*_open_mondays(context, [*closures])]
        self.known = _known(context)
        self.presumed: set[str] = set()  # names of fortnights that nothing said here

    def meaning(self, written: str) -> str | None:
        """Which weeks a name means: one that the timetable of the school uses, or one everybody understands."""
        if written in self.known:
            return written
        told = fold(written)
        if told in _ALWAYS:
            return EVERY
        match = _FORTNIGHT.fullmatch(told)
        if match is None:
            return None
        meant = FIRST if match[1] in "1a" else SECOND
        if meant not in self.known:
            self.presumed.add(written)
        return meant

    def mondays(self, meant: str) -> tuple[dt.date, ...]:
        """The Mondays of the weeks meant."""
        mask = self.known.get(meant)
        if mask is not None:
            return tuple(self._first_monday + dt.timedelta(weeks=rank) for rank in range(60) if mask >> rank & 1)
        if meant == EVERY:
            return tuple(self.open)
        return tuple(self.open[0 if meant == FIRST else 1 :: 2])


def _known(context: Context) -> dict[str, int]:
    """The weeks of each alternation of the timetable: of all its lessons together, since an import cuts some in two."""
    found: dict[str, int] = defaultdict(int)
    for slots in context.known.slots.values():
        for slot in slots:
            if slot.alternation:
                found[slot.alternation] |= slot.weeks
    return dict(found)


def _open_mondays(context: Context, closures: list[tuple[dt.date, dt.date]]) -> Iterable[dt.date]:
    year = context.known.year
    starts_on = context.year_starts_on
    ends_on = year.ends_on if year else dt.date(context.year + 1, *_LAST_LESSONS)
    if ends_on.month > _LAST_LESSONS[0]:
        ends_on = dt.date(ends_on.year, *_LAST_LESSONS)
    monday = starts_on - dt.timedelta(days=starts_on.weekday())
    while monday <= ends_on:
        days = [monday + dt.timedelta(days=rank) for rank in range(_SCHOOL_DAYS)]
        if any(starts_on <= day <= ends_on and not _is_closed(day, closures) for day in days):
            yield monday
        monday += dt.timedelta(weeks=1)


def _is_closed(day: dt.date, closures: list[tuple[dt.date, dt.date]]) -> bool:
    return any(first <= day <= last for first, last in closures)
