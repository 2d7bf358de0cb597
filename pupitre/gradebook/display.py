"""The grid ready to draw: columns, rows and the numbers at its foot. No query, no rule."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _
from markupsafe import Markup

from pupitre.foundation import clock
from pupitre.foundation.ui.french import day_month
from pupitre.gradebook.charts import Histogram, histogram
from pupitre.gradebook.queries.grid import Grid, GridAssessment, GridStudent
from pupitre.gradebook.rounding import plain, plain_hundredths, written
from pupitre.gradebook.services.entering import Outcome

_NOTHING = Markup("–")
_SHORT_MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


@dataclass(frozen=True, slots=True)
class Column:
    """An assessment at the head of the grid. `mean` and `spread` are written at its foot."""

    assessment: GridAssessment
    on: str
    is_live: bool
    is_coming: bool
    is_seen: bool
    mean: str
    spread: str


class CellShown(NamedTuple):
    """A cell. `problem` says why what was typed was not written; it is still there. `is_plain`: a number to read, or nothing."""

    text: str
    version: int
    is_word: bool
    remark: str
    is_live: bool
    problem: str = ""
    theirs: str = ""
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A student: their cells in the order of the columns, and their average; `final` stands in its place, `origin` says which tool
    gave it.
    """

    student: GridStudent
    cells: Sequence[CellShown]
    average: str
    final: str
    origin: str
    is_open: bool
    note: str


@dataclass(frozen=True, slots=True)
class GridPage:
    """Context `page` of `gradebook/grid.html`. `live` is the column being filled, if there is one."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    live: GridAssessment | None
    written: int
    expected: int
    chart: Histogram | None
    mean: str
    spread: str
    previous: int | None
    next: int | None
    has_remarks: bool


def grid_page(grid: Grid, live: GridAssessment | None, outcomes: Mapping[int, Outcome] | None = None) -> GridPage:
    """The grid with one column open; `outcomes` are what became of a form that was sent whole, by student."""
    told = outcomes or {}
    columns = [_column(grid, each, live) for each in grid.assessments]
    rows = [_row(grid, each, live, told.get(each.id)) for each in grid.students]
    expected = [row for row in rows if _is_expected(row.student, live)]
    filled = [row for row in expected if live and (cell := grid.cells.get((live.id, row.student.id))) and cell.text]
    values = [Fraction(20 * each, 100 * live.scale) for each in grid.points_of(live)] if live else []
    at = next((place for place, each in enumerate(grid.assessments) if live and each.id == live.id), 0)
    spread = grid.spread
    return GridPage(
        columns=columns,
        rows=rows,
        live=live,
        written=len(filled),
        expected=len(expected),
        chart=histogram(values),
        mean=written(spread.mean if spread else None, grid.rounding),
        spread=_range(written(spread.least, grid.rounding), written(spread.most, grid.rounding)) if spread else "–",
        previous=grid.assessments[at - 1].id if at else None,
        next=grid.assessments[at + 1].id if at + 1 < len(grid.assessments) else None,
        has_remarks=any(cell.remark for cell in grid.cells.values()),
    )


def live_column(grid: Grid, asked: str) -> GridAssessment | None:
    """The column asked for, else the last held that is not full, else the last one."""
    chosen = next((each for each in grid.assessments if str(each.id) == asked), None)
    if chosen is not None:
        return chosen
    today = clock.today()
    held = [each for each in grid.assessments if each.held_on <= today]
    missing = [
        each
        for each in held
        if any((each.id, one.id) not in grid.cells for one in grid.students if _is_expected(one, each))
    ]
    return next(iter([*reversed(missing), *reversed(held), *grid.assessments]), None)


def _column(grid: Grid, each: GridAssessment, live: GridAssessment | None) -> Column:
    points = grid.points_of(each)
    return Column(
        assessment=each,
        on=_short(each.held_on),
        is_live=live is not None and each.id == live.id,
        is_coming=each.held_on > clock.today(),
        is_seen=each.student_sees_at is not None and each.student_sees_at <= clock.now(),
        mean=plain(Fraction(sum(points), 100 * len(points))) if points else "–",
        spread=_range(plain_hundredths(min(points)), plain_hundredths(max(points))) if points else "–",
    )


def _row(grid: Grid, student: GridStudent, live: GridAssessment | None, outcome: Outcome | None) -> Row:
    origin = "" if student.id in grid.finals else grid.taken.get(student.id, (0, ""))[1]
    is_told = student.id in grid.finals or bool(origin)
    computed = written(grid.averages[student.id], grid.rounding)
    return Row(
        student=student,
        cells=[_cell(grid, each, student, live, outcome) for each in grid.assessments],
        average=computed,
        final=written(grid.value(student.id), grid.rounding) if is_told else "",
        origin=origin,
        is_open=not student.is_closed and _is_expected(student, live),
        note=_note(student),
    )


def _cell(
    grid: Grid, each: GridAssessment, student: GridStudent, live: GridAssessment | None, outcome: Outcome | None
) -> CellShown:
    held = grid.cells.get((each.id, student.id))
    is_live = live is not None and live.id == each.id
    if not is_live and (held is None or (held.points is not None and not held.remark)):
        # Most of the grid, by far.
        points = held.points if held else None
        return CellShown(_NOTHING if points is None else _digits(points), 0, False, "", False, is_plain=True)
    text, version = (held.text, held.version) if held else ("", 0)
    if is_live and outcome is not None and outcome.sentence:
        # What was typed stays on the screen; a conflict is settled by writing again over the version now seen.
        return CellShown(
            outcome.yours, outcome.version, False, outcome.your_remark, True, outcome.sentence, _theirs(outcome)
        )  # fmt: skip
    is_word = held is not None and held.points is None and bool(held.annotation)
    return CellShown(text, version, is_word, held.remark if held else "", is_live)


@lru_cache(maxsize=10_000)
def _digits(points: int) -> Markup:
    """Digits and a comma need no escaping: hundreds of them are drawn at once."""
    return Markup(plain_hundredths(points))  # nosec B704 - made of digits  # noqa: S704


def _theirs(outcome: Outcome) -> str:
    return outcome.text if outcome.fate == "conflict" else ""


def _note(student: GridStudent) -> str:
    if student.left_on is not None and student.left_on < clock.today():
        return _("parti le %(day)s") % {"day": day_month(student.left_on)}
    return _("période close") if student.is_closed else ""


def _is_expected(student: GridStudent, column: GridAssessment | None) -> bool:
    return column is None or student.left_on is None or student.left_on >= column.held_on


def _short(on: dt.date) -> str:
    return f"{on.day} {_SHORT_MONTHS[on.month - 1]}"


def _range(least: str, most: str) -> str:
    return f"{least} – {most}"
