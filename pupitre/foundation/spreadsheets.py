"""Tables for spreadsheets: CSV for those who open it anywhere, OpenDocument and Excel for those who read it as it is.

What people typed never runs as a formula: in CSV it is quoted, in the two others its cell is said to be a text.
"""

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr  # nosec B406 - writes, and reads nothing

import xlsxwriter

Cell = str | int | float | None
Sheet = tuple[str, Sequence[Sequence[Cell]]]
"""A title, and its rows; the first one names the columns."""

CSV, ODS = "text/csv; charset=utf-8", "application/vnd.oasis.opendocument.spreadsheet"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
# What XML cannot hold, and what Excel refuses in the name of a sheet.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]|^'|'$")
_LONGEST_NAME = 31
_NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def as_table(kind: str, sheets: Sequence[Sheet]) -> tuple[bytes, str]:
    """The tables as `csv`, `ods` or `xlsx`, with what a browser is told they are. Raises KeyError for another kind."""
    write, content_type = {"csv": (as_csv, CSV), "ods": (as_ods, ODS), "xlsx": (as_xlsx, XLSX)}[kind]
    return write(sheets), content_type


def as_csv(sheets: Sequence[Sheet]) -> bytes:
    """The tables one under the other, each under its title; a text that would run as a formula is shown as text."""
    out = io.StringIO()
    table = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for place, (title, rows) in enumerate(sheets):
        if place:
            table.writerow([])
        table.writerow([_plain(title)])
        table.writerows([_plain(cell) for cell in row] for row in rows)
    return (_BOM + out.getvalue()).encode()


def as_ods(sheets: Sequence[Sheet]) -> bytes:
    """The tables, each on its sheet; numbers are numbers."""
    body = "".join(
        f"<table:table table:name={quoteattr(_clean(title)[:60])}>"
        + "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for title, rows in sheets
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMESPACES} office:version="1.2">'
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        # First and as it is: this is how the format is recognised.
        package.writestr(zipfile.ZipInfo("mimetype"), ODS)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", _MANIFEST)
    return out.getvalue()


def as_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """The tables, each on its sheet, its first row and column kept in view; numbers are numbers."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        strong, taken = book.add_format({"bold": True}), set[str]()
        for title, rows in sheets:
            page = book.add_worksheet(_sheet_name(title, taken))
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    style = None if at else strong
                    if isinstance(cell, int | float):
                        page.write_number(at, column, cell, style)
                    else:
                        page.write_string(at, column, _clean(cell), style)
            page.freeze_panes(1, 1)
            page.autofit(300)
    return out.getvalue()


def _sheet_name(title: str, taken: set[str]) -> str:
    """A name that Excel accepts, and that no other sheet bears."""
    base = name = _NOT_IN_A_NAME.sub(" ", _clean(title)).strip()[:_LONGEST_NAME] or "1"
    rank = 1
    while name.casefold() in taken:
        rank += 1
        end = f" {rank}"
        name = f"{base[: _LONGEST_NAME - len(end)]}{end}"
    taken.add(name.casefold())
    return name


def _clean(text: str | None) -> str:
    return _CONTROLS.sub("", text or "")


def _plain(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    if isinstance(cell, int):
        return str(cell)
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULAS) else text


def _cell(cell: Cell) -> str:
    if isinstance(cell, int | float):
        value = f"{cell:.4f}".rstrip("0").rstrip(".") if isinstance(cell, float) else str(cell)
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(_clean(cell))}</text:p></table:table-cell>'
