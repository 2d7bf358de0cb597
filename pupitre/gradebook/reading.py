"""A column of marks in a file of a spreadsheet (ODS, XLSX, XLS, CSV), and whose each mark is. Reads, and writes nothing."""

import csv
import datetime as dt
import io
import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from pupitre.directory.names import fold
from pupitre.foundation.zips import DAMAGED, spreads_over, unpacks_to_more
from pupitre.gradebook.queries.grid import GridStudent
from pupitre.gradebook.refusals import Refusal
from pupitre.gradebook.rounding import plain
from pupitre.gradebook.typed import Typed, read_typed

LARGEST = 2 * 1024**2
"""Bytes of a file; a class fits in a few thousand."""

_UNPACKED, _MOST_CELLS, _MOST_ROWS, _MOST_COLUMNS = 40 * 1024**2, 5_000_000, 500, 60
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# What stands in the first column of tables and is nobody.
_NOBODY = {
    "",
    "eleve",
    "eleves",
    "nom",
    "prenom",
    "date",
    "bareme",
    "coefficient",
    "moyenne",
    "moyenne de la classe",
    "etendue",
}


@dataclass(frozen=True, slots=True)
class FoundMarks:
    """What a file holds: a text for each student, the title of the column it comes from, and the lines that are nobody's."""

    texts: Mapping[int, str]
    column: str
    unknown: Sequence[str]


def rows_of(data: bytes) -> list[list[str]]:
    """The rows of the first sheet, as texts. Raises Refusal with a sentence for whoever chose the file."""
    if len(data) > LARGEST:
        raise Refusal(_("Ce fichier est trop gros pour une classe. Gardez une feuille, et rien d’autre."))
    rows = _of_workbook(data) if data.startswith((_ZIP, _OLE)) else _of_text(data)
    cut = [row[:_MOST_COLUMNS] for row in rows[:_MOST_ROWS]]
    if not any(any(row) for row in cut):
        raise Refusal(_("Ce fichier est vide."))
    return cut


def marks_in(rows: Sequence[Sequence[str]], students: Sequence[GridStudent], title: str, scale: int) -> FoundMarks:
    """Whose each line is, and the marks of the column that bears the title, else of the last one that holds marks.

    Raises Refusal when no line is that of a student, or no column holds a mark.
    """
    owners = dict(_owners(rows, students))
    if not owners:
        raise Refusal(
            _("Aucun nom de la classe n’a été trouvé dans ce fichier : il faut le nom et le prénom de chacun.")
        )
    column = _column(rows, owners, title, scale)
    if column is None:
        raise Refusal(_("Aucune colonne de ce fichier ne contient de note lisible sur %(scale)s.") % {"scale": scale})
    head = next((row[column] for row in rows if len(row) > column and row[column]), "")
    texts = {student: rows[place][column] for place, student in owners.items() if len(rows[place]) > column}
    unknown = [
        " ".join(filter(None, row[:2]))
        for place, row in enumerate(rows)
        if place not in owners and row and fold(row[0]) not in _NOBODY and len(row) > column and row[column]
        and _is_mark(row[column], scale)
    ]  # fmt: skip
    title_of = head if head not in texts.values() else _("colonne %(n)s") % {"n": column + 1}
    return FoundMarks({key: text for key, text in texts.items() if text}, title_of, unknown)


def _of_workbook(data: bytes) -> list[list[str]]:
    try:
        # The library unpacks whatever is there, in memory, and holds every cell up to the farthest.
        is_endless = data.startswith(_ZIP) and (unpacks_to_more(data, _UNPACKED) or spreads_over(data, _MOST_CELLS))
        rows = [] if is_endless else _first_sheet(data)
    except (CalamineError, IndexError, *DAMAGED):
        raise Refusal(_("Ce fichier ne s’ouvre pas. Enregistrez-le en ODS, XLSX ou CSV.")) from None
    if is_endless:
        raise Refusal(_("Ce fichier est trop gros pour une classe. Gardez une feuille, et rien d’autre."))
    return rows


def _first_sheet(data: bytes) -> list[list[str]]:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    return [[_text(cell) for cell in row] for row in sheet.to_python(nrows=_MOST_ROWS)]


def _of_text(data: bytes) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if "\x00" in text:
        raise Refusal(_("Ce fichier ne s’ouvre pas. Enregistrez-le en ODS, XLSX ou CSV."))
    first = text.splitlines()[:20]
    separator = max((";", "\t", ","), key=lambda each: sum(line.count(each) for line in first))
    return [[_text(cell) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=separator)]


def _text(cell: object) -> str:
    if isinstance(cell, bool) or cell is None:
        return ""
    if isinstance(cell, int | float):
        return plain(Fraction(str(cell)))
    if isinstance(cell, dt.date | dt.datetime | dt.time | dt.timedelta):
        return str(cell)
    return " ".join(str(cell).split())


def _owners(rows: Sequence[Sequence[str]], students: Sequence[GridStudent]) -> Iterator[tuple[int, int]]:
    """Which student each line names, in one cell or in two that follow; a name that two students bear is nobody's."""
    named: dict[str, set[int]] = defaultdict(set)
    for each in students:
        for family in filter(None, (each.last_name, each.usage_name)):
            for name in (f"{family} {each.first_name}", f"{each.first_name} {family}"):
                named[fold(name)].add(each.id)
    taken = set[int]()
    for place, row in enumerate(rows):
        cells = [*row, *(f"{one} {two}" for one, two in itertools.pairwise(row) if one and two)]
        found = {student for cell in cells if cell for student in named.get(fold(cell), ())}
        if len(found) == 1 and not found & taken:
            taken |= found
            yield place, next(iter(found))


def _column(rows: Sequence[Sequence[str]], owners: Mapping[int, int], title: str, scale: int) -> int | None:
    wanted = fold(title)
    for row in rows:
        for place, cell in enumerate(row):
            if cell and fold(cell) == wanted:
                return place
    counts: dict[int, int] = defaultdict(int)
    for at in owners:
        for place, cell in enumerate(rows[at]):
            counts[place] += bool(cell) and _is_mark(cell, scale)
    known = [place for place, count in counts.items() if count]
    return max(known, default=None)


def _is_mark(text: str, scale: int) -> bool:
    try:
        return read_typed(text, scale) != Typed()
    except Refusal:
        return False
