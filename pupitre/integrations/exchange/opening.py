"""From what a school hands over (a file, an archive, an archive in an archive) to the real files inside, checked."""

import hashlib
from dataclasses import dataclass, field
from typing import BinaryIO

from pupitre.integrations.exchange.archives import Budget, label, unpack_gzip, unpack_zip
from pupitre.integrations.exchange.strangers import refuse_stranger
from pupitre.integrations.exchange.verdicts import Rejected

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_GZIP = b"\x1f\x8b"
_MAXIMUM = 200_000_000  # bytes, packed as well as unpacked


@dataclass(frozen=True, slots=True)
class Opened:
    """A real file. `name` is only a label; `digest` is the SHA-256 of `data`, in hexadecimal."""

    name: str
    data: bytes = field(repr=False)
    digest: str


def open_files(name: str, stream: BinaryIO) -> list[Opened]:
    """The files that an upload holds, recognised by content: itself, or what its zip or gzip packs, one archive deep more.

    At most 200 MB and 100 files in all, at most 100:1 above 10 MB. Raises Rejected with what is wrong and what to do.
    """
    data = stream.read(_MAXIMUM + 1)
    if len(data) > _MAXIMUM:
        raise Rejected("Ce fichier dépasse 200 Mo. Déposez un à un les fichiers exportés.")
    files = _open(label(name), data, Budget(packed=len(data)), depth=0)
    if not files:
        raise Rejected("Cette archive ne contient aucun fichier. Refaites l’export puis déposez-le de nouveau.")
    return files


def _open(name: str, data: bytes, budget: Budget, depth: int) -> list[Opened]:
    is_zip, is_gzip = data.startswith(_ZIP), data.startswith(_GZIP)
    if not (is_zip or is_gzip):
        refuse_stranger(name, data, is_inside=depth > 0)
        return [Opened(name, data, hashlib.sha256(data).hexdigest())]
    if depth > 1:
        raise Rejected(
            f"L’archive « {name} » est dans une archive qui est elle-même dans une archive. "
            "Décompressez le tout puis déposez les fichiers exportés."
        )
    entries = unpack_zip(name, data, budget) if is_zip else [unpack_gzip(name, data, budget)]
    return [file for entry, content in entries for file in _open(entry, content, budget, depth + 1)]
