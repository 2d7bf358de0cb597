"""A workbook of two cells written far apart: seen before a library gives every cell between them its room."""

import io
import zipfile

import pytest

from pupitre.foundation.spreadsheets import as_table
from pupitre.foundation.zips import spreads_over


def _with(row: str, cell: str, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A package with a sheet that says where its last cell is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, f'<sheetData><row r="1"><c r="A1"/></row><row {row}><c {cell}/></row></sheetData>')
    return out.getvalue()


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ('r="1048576"', 'r="XFD1048576"'),
        ("r='9'", "r = 'xfd1048576'"),
        ('r="9000"', 'r="XFD9000"'),
        (" " * (1 << 20), 'r="XFD9000"'),
    ],
)
def test_two_cells_far_apart_are_seen(row, cell):
    assert spreads_over(_with(row, cell), 5_000_000)


def test_a_row_alone_says_how_far_the_sheet_goes():
    assert spreads_over(_with('r="1048576"', ""), 1_000_000)
    assert not spreads_over(_with('r="1048576"', ""), 5_000_000)


def test_sheets_that_do_not_say_where_they_end_are_too_large():
    assert spreads_over(_with("", "", "xl/worksheets/sheet1.bin"), 5_000_000)


def test_a_usual_workbook_is_read():
    data, _type = as_table("xlsx", [("Notes", [["Nom", *range(40)]] * 1500)])
    assert not spreads_over(data, 41 * 1500)
    assert spreads_over(data, 41 * 1500 - 1)
    assert not spreads_over(as_table("ods", [("Notes", [["Nom", 1]])])[0], 10)
