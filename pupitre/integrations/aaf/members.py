"""What an archive of AAF packs, one file after the other, each spooled to a nameless file of the disk.

What an archive announces is never believed: only what comes out counts. Names inside are labels, never paths.
"""

import gzip
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple, Protocol

from pupitre.foundation.zips import DAMAGED, NOISE, index_size
from pupitre.integrations.exchange.archives import check_entry, check_path, label
from pupitre.integrations.exchange.verdicts import Rejected

MAXIMUM = 8_000_000_000
"""Bytes unpacked: the responsibles of the largest academy weigh some hundreds of millions."""
_SMALL, _RATIO, _ENTRIES, _CHUNK = 10_000_000, 100, 2_000, 1 << 18
_INDEX = 1 << 20  # bytes of the list of entries
_GZIP, _ZIP = b"\x1f\x8b", b"PK"
_DAMAGED = (*DAMAGED, tarfile.TarError)
_FILES = (*tarfile.REGULAR_TYPES, tarfile.DIRTYPE)


class Member(NamedTuple):
    """A file of the archive, readable from its beginning until the next one is asked for."""

    name: str
    stream: IO[bytes]


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Budget:
    """What may still come out of an archive of `packed` bytes."""

    def __init__(self, packed: int) -> None:
        self.packed, self.unpacked, self.entries = packed, 0, 0

    def take(self, size: int) -> None:
        self.unpacked += size
        if self.unpacked > MAXIMUM or (self.unpacked > _SMALL and self.unpacked > _RATIO * self.packed):
            raise Rejected(
                "Cette archive se déplie de façon anormale, elle n’est pas ouverte. Demandez-la de nouveau à l’académie."
            )

    def take_entry(self) -> None:
        self.entries += 1
        if self.entries > _ENTRIES:
            raise Rejected("Cette archive contient plus de 2 000 fichiers : ce n’est pas un export de l’AAF.")


class _Heading(tarfile.TarInfo):
    """What the library reads whole, in memory, before it gives a file: a long name, notes. Bounded, or it is no archive."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type == tarfile.GNUTYPE_SPARSE or (self.type not in _FILES and self.size > _CHUNK):
            raise _damaged()
        found: tarfile.TarInfo = super()._proc_member(archive)  # type: ignore[misc]
        return found


def members(path: Path) -> Iterator[Member]:
    """The files of a .tgz, .tar, .zip, .gz, of one XML or of a folder, recognised by content. Raises Rejected."""
    if path.is_dir():
        for each in sorted(path.iterdir()):
            if each.is_file() and not NOISE.search(each.name):
                yield from _of_file(each)
        return
    yield from _of_file(path)


def _of_file(path: Path) -> Iterator[Member]:
    budget = _Budget(path.stat().st_size)
    with path.open("rb") as stream:
        head = stream.read(512)
        stream.seek(0)
        if not head:
            raise Rejected("Ce fichier est vide. Téléchargez de nouveau l’archive puis déposez-la.")
        try:
            if head.startswith(_ZIP):
                yield from _of_zip(stream, budget)
            elif head.startswith(_GZIP):
                yield from _of_gzip(path.name, stream, budget)
            elif head[257:262] == b"ustar":
                yield from _of_tar(stream, budget)
            else:
                yield Member(label(path.name), stream)
        except _DAMAGED:
            raise _damaged() from None


def _of_zip(stream: IO[bytes], budget: _Budget) -> Iterator[Member]:
    size = index_size(stream)
    if size is None or size > _INDEX:
        raise _damaged()
    with zipfile.ZipFile(stream) as archive:
        for entry in archive.infolist():
            budget.take_entry()
            check_entry(entry)
            if entry.is_dir() or NOISE.search(entry.filename):
                continue
            with archive.open(entry) as packed, _spooled(packed, budget) as spool:
                yield Member(label(entry.filename), spool)


def _of_gzip(name: str, stream: IO[bytes], budget: _Budget) -> Iterator[Member]:
    with gzip.GzipFile(fileobj=stream) as inside:
        is_tar = inside.read(512)[257:262] == b"ustar"
    stream.seek(0)
    if is_tar:
        yield from _of_tar(stream, budget)
        return
    with gzip.GzipFile(fileobj=stream) as inside, _spooled(inside, budget) as spool:
        yield Member(label(name.removesuffix(".gz")), spool)


def _of_tar(stream: IO[bytes], budget: _Budget) -> Iterator[Member]:
    with tarfile.open(fileobj=stream, mode="r|*", tarinfo=_Heading) as archive:
        for entry in archive:
            budget.take_entry()
            check_path(entry.name)
            if entry.isdir() or NOISE.search(entry.name):
                # Left aside, it is unpacked all the same to reach the next one.
                budget.take(max(entry.size, 0))
                continue
            packed = archive.extractfile(entry) if entry.isreg() else None
            if packed is None:
                raise Rejected("Cette archive contient un raccourci au lieu d’un fichier, elle n’est pas ouverte.")
            with _spooled(packed, budget) as spool:
                yield Member(label(entry.name), spool)


@contextmanager
def _spooled(packed: _Readable, budget: _Budget) -> Iterator[IO[bytes]]:
    """A copy on the disk that has no name: it goes with the process, whatever happens to it."""
    with TemporaryFile() as spool:
        while chunk := packed.read(_CHUNK):
            budget.take(len(chunk))
            spool.write(chunk)
        spool.seek(0)
        yield spool


def _damaged() -> Rejected:
    return Rejected("Cette archive est abîmée ou incomplète. Téléchargez-la de nouveau puis déposez-la.")
