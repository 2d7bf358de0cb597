"""Unpacking zip and gzip without trusting them: what they announce is never believed, only what comes out counts."""

import gzip
import io
import re
import stat
import unicodedata
import zipfile
from collections.abc import Iterator
from typing import Protocol

from pupitre.foundation.zips import DAMAGED, NOISE, index_size
from pupitre.integrations.exchange.verdicts import Rejected

Entry = tuple[str, bytes]

_MAXIMUM, _SMALL, _RATIO, _ENTRIES = 200_000_000, 10_000_000, 100, 100
_CHUNK = 1 << 16
_INDEX_SIZE = 1 << 20  # bytes of the list of entries: a hundred of them take far less
_OFFICE = {
    "xl/workbook.xml": "un classeur Excel",
    "xl/workbook.bin": "un classeur Excel",
    "word/document.xml": "un document Word",
    "content.xml": "un document LibreOffice",
}


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Budget:
    """What may still be unpacked from one upload of `packed` bytes; archives inside archives share it."""

    def __init__(self, *, packed: int) -> None:
        self._packed, self._unpacked, self._entries = packed, 0, 0

    def take(self, size: int) -> None:
        """Count bytes that came out. Raises Rejected above the limits."""
        self._unpacked += size
        if self._unpacked > _MAXIMUM:
            raise Rejected("Cette archive contient plus de 200 Mo. Déposez un à un les fichiers exportés.")
        if self._unpacked > _SMALL and self._unpacked > _RATIO * self._packed:
            raise Rejected(
                "Cette archive est compressée de façon anormale, elle n’est pas ouverte. "
                "Décompressez-la puis déposez les fichiers exportés."
            )

    def take_entry(self) -> None:
        """Count a file. Raises Rejected above the limit."""
        self._entries += 1
        if self._entries > _ENTRIES:
            raise Rejected("Cette archive contient plus de 100 fichiers. N’y laissez que les fichiers exportés.")


def label(name: str) -> str:
    """A name fit to be shown: without folders, control characters nor excessive length."""
    last = re.split(r"[/\\]", name.rstrip("/\\"))[-1]
    shown = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    return unicodedata.normalize("NFC", shown).strip()[-120:] or "fichier"


def unpack_gzip(name: str, data: bytes, budget: Budget) -> Entry:
    """What a gzip packs. Raises Rejected."""
    budget.take_entry()
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            return label(re.sub(r"\.gz$", "", name, flags=re.IGNORECASE)), _drain(stream, budget)
    except DAMAGED:
        raise _damaged() from None


def unpack_zip(name: str, data: bytes, budget: Budget) -> Iterator[Entry]:
    """The files of a zip, without folders nor what systems add. Raises Rejected."""
    _check_index(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _refuse_office(name, {entry.filename for entry in entries})
            for entry in entries:
                budget.take_entry()
                check_entry(entry)
                if entry.is_dir() or NOISE.search(entry.filename):
                    continue
                with archive.open(entry) as stream:
                    content = _drain(stream, budget)
                yield label(entry.filename), content
    except DAMAGED:
        raise _damaged() from None


def _drain(stream: _Readable, budget: Budget) -> bytes:
    chunks = []
    while chunk := stream.read(_CHUNK):
        budget.take(len(chunk))
        chunks.append(chunk)
    return b"".join(chunks)


def _check_index(data: bytes) -> None:
    size = index_size(io.BytesIO(data))
    if size is None:
        raise _damaged()
    if size > _INDEX_SIZE:
        raise Rejected("Cette archive est trop grande. N’y laissez que les fichiers exportés.")


def check_path(name: str) -> None:
    """Raise Rejected for an entry whose name leads to another folder."""
    path = name.replace("\\", "/")
    if path.startswith("/") or ".." in path.split("/") or re.match(r"[A-Za-z]:", path):
        raise Rejected(
            "Cette archive contient un fichier dont le nom désigne un autre dossier, elle n’est pas ouverte. "
            "Refaites l’export, ou déposez les fichiers décompressés."
        )


def check_entry(entry: zipfile.ZipInfo) -> None:
    """Raise Rejected for an entry of a zip that is a link, sealed, packed in an unknown way, or leads elsewhere."""
    check_path(entry.filename)
    mode = entry.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise Rejected(
            "Cette archive contient un raccourci au lieu d’un fichier. Déposez les fichiers exportés eux-mêmes."
        )
    if entry.flag_bits & 0x41:
        raise Rejected("Cette archive est protégée par un mot de passe. Décompressez-la puis déposez les fichiers.")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Rejected(
            "Cette archive est compressée d’une façon que nous ne savons pas lire. "
            "Décompressez-la puis déposez les fichiers exportés."
        )


def _refuse_office(name: str, entries: set[str]) -> None:
    told = next((told for entry, told in _OFFICE.items() if entry in entries), "")
    if told and ("[Content_Types].xml" in entries or "mimetype" in entries):
        raise Rejected(
            f"« {name} » est {told}. Déposez le fichier tel que l’application l’exporte, sans l’enregistrer dans un tableur."
        )


def _damaged() -> Rejected:
    return Rejected("Cette archive est abîmée ou incomplète. Téléchargez-la de nouveau puis déposez-la.")
