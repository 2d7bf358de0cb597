"""Tables for spreadsheets: CSV for those who open it anywhere, OpenDocument for those who read it as it is."""

import csv
import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr  # nosec B406 - writes, and reads nothing

Cell = str | int | float | None
Sheet = tuple[str, Sequence[Sequence[Cell]]]
"""A title, and its rows; the first one names the columns."""

CSV, ODS = "text/csv; charset=utf-8", "application/vnd.oasis.opendocument.spreadsheet"
_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
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
        f"<table:table table:name={quoteattr(title[:60])}>"
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


def _plain(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULAS) else text


def _cell(cell: Cell) -> str:
    if isinstance(cell, int | float):
        value = f"{cell:.4f}".rstrip("0").rstrip(".") if isinstance(cell, float) else str(cell)
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(cell or "")}</text:p></table:table-cell>'
