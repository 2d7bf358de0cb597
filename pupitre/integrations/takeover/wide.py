"""Tables with a line a student: their columns are assessments, or subjects. Pure."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pupitre.directory.names import fold
from pupitre.integrations.exchange.csv import Table
from pupitre.integrations.takeover.moments import read_day
from pupitre.integrations.takeover.periods import year_of

_DAY = re.compile(r"(?:\ble\s+|\bdu\s+)?\b(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?\b")
_SCALE = re.compile(r"(?:/|\bsur)\s*(\d{1,2})\b(?![/.]\d)", re.IGNORECASE)
_COEFFICIENT = re.compile(r"\b(?:coefficient|coeff|coef)\.?\s*:?\s*(\d{1,2}(?:[.,]\d{1,2})?)(?!\d)", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,2}(?:[.,]\d{1,3})?")
_EDGES = " ()[]-–,;:·|"
# Titles of columns that sum up, or say who: no subject.
_NO_SUBJECT = (
    "moyenne",
    "moy ",
    "rang",
    "absence",
    "retard",
    "demi",
    "total",
    "appreciation",
    "n ",
    "numero",
    "sexe",
    "date",
)


@dataclass(frozen=True, slots=True)
class WideTest:
    """What the title of a column says of an assessment; `scale` and `coefficient` are nothing when it does not."""

    title: str
    held_on: dt.date
    scale: str
    coefficient: str


def assessments_in(table: Table, taken: Mapping[str, int], year: int) -> dict[int, WideTest]:
    """The columns that are assessments: those that hold nothing else, whose title gives a day. `year`: of a day without one."""
    found = {place: _test(title, year) for place, title in _free(table, taken)}
    return {place: test for place, test in found.items() if test}


def subjects_in(table: Table, taken: Mapping[str, int]) -> dict[int, str]:
    """The columns that are subjects: those that hold nothing else, with a title, and an average in most of their cells."""
    return {
        place: title
        for place, title in _free(table, taken)
        if title and not f"{fold(title)} ".startswith(_NO_SUBJECT) and _holds_averages(table, place)
    }


def _free(table: Table, taken: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    return ((place, title) for place, title in enumerate(table.headers) if place not in taken.values())


def _holds_averages(table: Table, place: int) -> bool:
    cells = [cell for row in table.rows if (cell := row[place])]
    return sum(bool(_NUMBER.fullmatch(cell)) for cell in cells) * 2 > len(cells)


def _test(title: str, year: int) -> WideTest | None:
    for match in _DAY.finditer(title):
        held_on = _day(match, year)
        if held_on:
            rest = f"{title[: match.start()]} {title[match.end() :]}"
            scale, coefficient = _SCALE.search(rest), _COEFFICIENT.search(rest)
            name = " ".join(_COEFFICIENT.sub(" ", _SCALE.sub(" ", rest)).split()).strip(_EDGES)
            return WideTest(name, held_on, scale[1] if scale else "", coefficient[1] if coefficient else "")
    return None


def _day(match: re.Match[str], year: int) -> dt.date | None:
    """The day; without its year, the one that falls in the school year."""
    day, month, written = int(match[1]), int(match[2]), match[3]
    full = written or str(year if year_of(month, year) == year else year + 1)
    return read_day(f"{day:02}/{month:02}/{full}")
