"""From what was left in the box to the files inside: never more comes out than a bound, never on the disk."""

import gzip
import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

MOST_BYTES, MOST_FILES = 20 * 1024 * 1024, 50
_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
_DAMAGED = (
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    zlib.error,
    tarfile.TarError,
    zipfile.BadZipFile,
)


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
    left = MOST_BYTES
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist()[:MOST_FILES]:
            if not entry.is_dir():
                with archive.open(entry) as stream:
                    read = stream.read(left + 1)
                left -= len(read)
                if left < 0:
                    raise ValueError
                yield _base(entry.filename), read


def _untarred(data: bytes) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
        for number, entry in enumerate(archive):
            if number >= MOST_FILES:
                return
            stream = archive.extractfile(entry) if entry.isfile() else None
            if stream is not None:
                yield _base(entry.name), stream.read()


def _base(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1]
