"""A spreadsheet (XLSX, ODS) as a school saves it: its first sheet, as a table. Nothing of Django."""

import datetime as dt
import io
import zipfile
from fractions import Fraction

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from pupitre.foundation.zips import DAMAGED, spreads_over, unpacks_to_more
from pupitre.gradebook.rounding import plain
from pupitre.integrations.exchange.csv import Row, Table, column_name
from pupitre.integrations.exchange.verdicts import Rejected

MOST_ROWS = 100_000
_UNPACKED, _MOST_CELLS, _MOST_COLUMNS = 200 * 1024**2, 10_000_000, 200
_ZIP = b"PK\x03\x04"
_INSIDE = {"xl/workbook.xml", "content.xml"}
"""What an archive holds when it is a spreadsheet: of Excel, of LibreOffice."""


def is_workbook(data: bytes) -> bool:
    """Whether bytes are a spreadsheet."""
    if not data.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return bool(_INSIDE & set(package.namelist()))
    except DAMAGED:
        return False


def read_workbook(data: bytes) -> Table:
    """The first sheet. Raises Rejected with a sentence for whoever handed it over."""
    try:
        if unpacks_to_more(data, _UNPACKED) or spreads_over(data, _MOST_CELLS):
            raise Rejected(_("Ce classeur est trop gros. Enregistrez sa première feuille au format CSV."))
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        cells = sheet.to_python(nrows=MOST_ROWS + 2)
    except Rejected:
        raise
    except (CalamineError, IndexError, *DAMAGED):
        raise Rejected(_("Ce classeur ne s’ouvre pas. Enregistrez-le de nouveau, ou au format CSV.")) from None
    rows = [
        Row(number, tuple(map(_text, row[:_MOST_COLUMNS]))) for number, row in enumerate(cells, 1) if any(map(_text, row))
    ]  # fmt: skip
    if not rows:
        raise Rejected(_("Ce classeur est vide. Les lignes sont lues sur sa première feuille."))
    return Table(rows[0].cells, tuple(map(column_name, rows[0].cells)), tuple(rows[1:]))


def _text(cell: object) -> str:
    if isinstance(cell, bool) or cell is None:
        return ""
    if isinstance(cell, int | float):
        return plain(Fraction(str(cell)))
    if isinstance(cell, dt.datetime):
        return f"{cell:%d/%m/%Y}" if cell.time() == dt.time() else f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, dt.date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, dt.time):
        return f"{cell:%H:%M}"
    return " ".join(str(cell).split())
