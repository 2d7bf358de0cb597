"""The zip: CSV files of RFC 4180 in UTF-8, all at the root. Pure; one file at a time is written, row by row."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from pupitre.integrations.oneroster.columns import COLUMNS, MANIFEST, Content, Row, manifest_of


class Writer:
    """Writes the files of one zip, then its manifest. `at` dates the entries, so that the same facts give the same bytes."""

    def __init__(self, out: BinaryIO, *, at: dt.datetime) -> None:
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
        self._at = at.timetuple()[:6]
        self.counts: dict[str, int] = {}

    def add(self, name: str, rows: Iterable[Row]) -> None:
        """Write a file."""
        self.counts[name] = self._write(name, COLUMNS[name], rows)

    def close(self, content: Content) -> None:
        """Write the manifest and end the zip."""
        self._write("manifest", MANIFEST, manifest_of(content))
        self._zip.close()

    def _write(self, name: str, columns: Row, rows: Iterable[Row]) -> int:
        entry = zipfile.ZipInfo(f"{name}.csv", self._at)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        count = 0
        with self._zip.open(entry, "w") as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="") as text:
            lines = csv.writer(text, lineterminator="\r\n")
            lines.writerow(columns)
            for each in rows:
                lines.writerow(each)
                count += 1
        return count


def rows_in(archive: BinaryIO, name: str) -> Iterator[Row]:
    """The rows of a file of ours, without its header."""
    with zipfile.ZipFile(archive) as held, held.open(f"{name}.csv") as raw:
        lines = csv.reader(io.TextIOWrapper(raw, encoding="utf-8", newline=""))
        next(lines)
        yield from map(tuple, lines)
