"""Tables as spreadsheets and school software write them: which separator, which columns, which rows can be trusted."""

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator

import msgspec

from pupitre.directory.names import fold
from pupitre.integrations.exchange.encoding import decode
from pupitre.integrations.exchange.text import clean
from pupitre.integrations.exchange.verdicts import Finding, Rejected, Severity

_DELIMITERS = ";,\t"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HEAD = 64_000  # bytes enough for any header
_LONGEST_CELL = 100_000
_ID_LENGTH = 60  # what `directory.ExternalId.value` holds
_SCIENTIFIC = re.compile(r"[+-]?\d(?:[.,]\d+)?E[+-]?\d{1,3}", re.IGNORECASE)
_PRECISION = re.compile(r"\([^)]*\)|\*")
_QUOTED = re.compile(r'"[^"]*(?:"|$)')
_EXCEL_HINT = re.compile(r"sep=([;,\t|])\s*?\r?\n", re.IGNORECASE)

csv.field_size_limit(_LONGEST_CELL)


class Row(msgspec.Struct, frozen=True):
    """A row. `number` is the one a spreadsheet shows, when no cell holds a line break; cells are trimmed."""

    number: int
    cells: tuple[str, ...]

    def __getitem__(self, column: int | None) -> str:
        """The cell of a column; « » when the column does not exist or the row is too short."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""

    def __str__(self) -> str:
        told = " ".join([cell for cell in self.cells if cell][:3])
        return f"{told} (ligne {self.number})" if told else f"Ligne {self.number}"


class Table(msgspec.Struct, frozen=True):
    """A header and its rows, blank ones left out. `columns` are the names folded, as `column_name` gives them."""

    headers: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def column(self, name: str) -> int | None:
        """Position of the first column of that name."""
        return next(iter(self.positions(name)), None)

    def positions(self, name: str) -> tuple[int, ...]:
        """Positions of all the columns of that name: repeated headers are normal."""
        wanted = column_name(name)
        return tuple(index for index, column in enumerate(self.columns) if column == wanted)

    def require(self, names: Iterable[str], source: str) -> None:
        """Raise Rejected when a mandatory column is missing, naming it as `source` writes it."""
        missing = [name for name in names if self.column(name) is None]
        if missing:
            told = ", ".join(f"« {name} »" for name in missing)
            what = "la colonne obligatoire" if len(missing) == 1 else "des colonnes obligatoires"
            raise Rejected(f"Il manque {what} {told}. Refaites l’export dans {source}, sans retirer de colonne.")


def column_name(header: str) -> str:
    """A header for comparison: no accents, case, stars nor format between brackets."""
    return fold(_PRECISION.sub(" ", header))


def first_row(data: bytes) -> tuple[str, ...]:
    """The column names of a file, without reading the rest; nothing when it cannot be a table."""
    head = data[:_HEAD]
    if len(data) > _HEAD and not data.startswith(_UTF16):  # a letter of UTF-8 cut in two would look like Windows-1252
        head = data[: data.rfind(b"\n", 0, _HEAD) + 1]
    if not head or head.lstrip()[:1] == b"<":
        return ()
    try:
        text, _ = decode(head, None)
        first = next(_filled(_records(text, strict=False)), None)
    except (Rejected, csv.Error):
        return ()
    return tuple(column_name(cell) for cell in first.cells) if first else ()


def read_table(data: bytes) -> Table:
    """Read a table; it never declares how its letters are coded, so that there is nothing to tell about it.

    Raises Rejected when nothing can be read or a quote is left open to the end.
    """
    text, _ = decode(data, None)
    try:
        rows = list(_filled(_records(text, strict=True)))
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise Rejected(
                "Le fichier est coupé, ou un guillemet n’y est pas refermé. Refaites l’export, sans ouvrir le fichier."
            ) from None
        rows = _careless(text)
    if not rows:
        raise Rejected("Le fichier est vide. Refaites l’export puis déposez-le de nouveau.")
    return Table(rows[0].cells, tuple(column_name(cell) for cell in rows[0].cells), tuple(rows[1:]))


def aligned(table: Table, source: str) -> tuple[list[Row], list[Finding]]:
    """The rows that have as many cells as the header, and a quarantine for each of the others."""
    good: list[Row] = []
    findings: list[Finding] = []
    width = len(table.columns)
    for row in table.rows:
        if len(row.cells) >= width and not any(row.cells[width:]):
            good.append(row)
            continue
        told = f"Cette ligne a {len(row.cells)} cases au lieu de {width}, on ne sait pas à quoi elles se rapportent."
        reason = f"{told} Corrigez-la dans {source} puis refaites l’export."
        findings.append(Finding(Severity.QUARANTINE, "bad_width", str(row), reason))
    return good, findings


def is_scientific(cell: str) -> bool:
    """Whether a spreadsheet turned a number into « 9,90E+08 »: its digits are lost."""
    return bool(_SCIENTIFIC.fullmatch(cell.replace(" ", "")))


def made_identifier(*parts: str) -> str:
    """A stable identifier for people whose source gives none: its parts folded, shortened to 60 characters."""
    told = "|".join(fold(part) for part in parts)
    if len(told) <= _ID_LENGTH:
        return told
    digest = hashlib.sha256(told.encode()).hexdigest()[:16]
    return f"{told[: _ID_LENGTH - 17]}~{digest}"


def _careless(text: str) -> list[Row]:
    """Rows of a file whose quotes are not doubled inside cells."""
    try:
        return list(_filled(_records(text, strict=False)))
    except csv.Error:
        raise Rejected(
            "Ce fichier n’est pas un tableau CSV lisible. Refaites l’export, sans ouvrir le fichier."
        ) from None


def _records(text: str, *, strict: bool) -> Iterator[list[str]]:
    text = text.removeprefix("\ufeff")
    hint = _EXCEL_HINT.match(text)
    if hint:
        text = text[hint.end() :]
    return csv.reader(io.StringIO(text, newline=""), delimiter=hint[1] if hint else _delimiter(text), strict=strict)


def _delimiter(text: str) -> str:
    header = _QUOTED.sub("", text.lstrip("\r\n")[:_HEAD]).split("\n", 1)[0]
    return max(_DELIMITERS, key=header.count)


def _filled(records: Iterator[list[str]]) -> Iterator[Row]:
    for number, cells in enumerate(records, start=1):
        trimmed = tuple(" ".join(clean(cell).split()) for cell in cells)
        if any(trimmed):
            yield Row(number, trimmed)
