"""From what was left in the box to the files inside: never more comes out than a bound, never on the disk."""

import gzip
import io
import itertools
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

MOST_BYTES, MOST_FILES = 20 * 1024 * 1024, 50
_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
# What the archive modules raise on headers that lie: an index past the end, an offset too large, a dictionary of gigabytes.
_DAMAGED = (
    OSError, EOFError, ValueError, RuntimeError, LookupError, ArithmeticError, MemoryError,
    struct.error, zlib.error, lzma.LZMAError, tarfile.TarError, zipfile.BadZipFile,
)  # fmt: skip


class Damaged(ValueError):
    """The archive cannot be opened, or holds far too much."""


def files_of(name: str, data: bytes) -> list[tuple[str, bytes]]:
    """The files of a report, by name: itself, or what its archive packs. Raises Damaged."""
    try:
        return list(_files(name, data))
    except _DAMAGED as error:
        raise Damaged from error


def _files(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    if data.startswith(_ZIP):
        yield from _unzipped(data)
        return
    if data.startswith(_GZIP):
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            data = stream.read(MOST_BYTES + 1)
        name = name.removesuffix(".gz")
    if len(data) > MOST_BYTES:
        raise ValueError
    yield from _untarred(data) if data[257:262] == b"ustar" else [(name, data)]


def _unzipped(data: bytes) -> Iterator[tuple[str, bytes]]:
    budget = _Budget()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist()[:MOST_FILES]:
            if not entry.is_dir():
                with archive.open(entry) as stream:
                    yield _base(entry.filename), budget.read(stream)


def _untarred(data: bytes) -> Iterator[tuple[str, bytes]]:
    budget = _Budget()
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
        for entry in itertools.islice(archive, MOST_FILES):
            stream = archive.extractfile(entry) if entry.isfile() else None
            if stream is not None:
                # A file with holes (GNU sparse) takes no room in the archive, and says that it is as large as it likes.
                yield _base(entry.name), budget.read(stream)


class _Budget:
    """What all the files of one archive may hold together."""

    def __init__(self) -> None:
        self.left = MOST_BYTES

    def read(self, stream: IO[bytes]) -> bytes:
        """All that a file holds. Raises ValueError as soon as it is too much, whatever its header says."""
        read = stream.read(self.left + 1)
        self.left -= len(read)
        if self.left < 0:
            raise ValueError
        return read


def _base(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1]
