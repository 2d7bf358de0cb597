"""Where bytes lie: Django's default storage, a local folder or a server that speaks S3. Its failures have one name here."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import default_storage

from pupitre.files.refusals import StorageDown

PIECE = 64 * 1024
"""What is read at a time: memory never holds a whole file."""


def put(name: str, content: IO[bytes]) -> str:
    """Store a stream from its beginning, under this name; the name it has. Raises StorageDown."""
    content.seek(0)
    with _answering():
        return default_storage.save(name, File(content))


def open_stored(name: str) -> IO[bytes]:
    """Open what is stored, to be read in pieces. Raises StorageDown, FileNotFoundError."""
    with _answering():
        return default_storage.open(name)


def pieces(name: str) -> Iterator[bytes]:
    """What is stored, piece by piece. Raises StorageDown, FileNotFoundError."""
    with open_stored(name) as stored:
        while piece := _read(stored):
            yield piece


@contextmanager
def borrowed(name: str) -> Iterator[IO[bytes]]:
    """What is stored, as a temporary file of this machine. Raises StorageDown."""
    with TemporaryFile() as local:
        for piece in pieces(name):
            local.write(piece)
        local.seek(0)
        yield local


def names_in(folder: str) -> list[str]:
    """What is stored directly in a folder; nothing when there is no such folder. Raises StorageDown."""
    try:
        with _answering():
            return list(default_storage.listdir(folder)[1])
    except FileNotFoundError:
        return []


def forget(names: Iterable[str]) -> None:
    """Remove what is stored; what is not there, or cannot be reached, is left to the nightly round."""
    for name in names:
        try:
            with _answering():
                default_storage.delete(name)
        except (StorageDown, FileNotFoundError):
            continue


def _read(stored: IO[bytes]) -> bytes:
    with _answering():
        return stored.read(PIECE)


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise
    except _failures() as error:
        raise StorageDown from error


def _failures() -> tuple[type[Exception], ...]:
    """What the storage in use may raise. Boto is loaded only where a server speaks S3."""
    if "boto3" not in sys.modules:
        return (OSError,)
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    failures: tuple[Any, ...] = (OSError, Boto3Error, BotoCoreError, ClientError)
    return failures
