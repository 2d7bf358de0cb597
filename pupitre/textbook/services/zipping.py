"""Archives that leave as they are made: memory holds one piece of one file."""

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from zipstream import ZIP_DEFLATED, ZIP_STORED, ZipStream

from pupitre.files import shelf
from pupitre.files.models import StoredFile
from pupitre.files.queries import files_of
from pupitre.files.refusals import StorageDown
from pupitre.foundation import clock
from pupitre.textbook.models import Homework
from pupitre.textbook.queries.copies import copies_of

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
# These are compressed already.
_AS_THEY_ARE = ("image/", "audio/", "video/", "application/zip")


class Archive:
    """A zip archive being filled; names stay apart, and no name leaves its folder."""

    def __init__(self) -> None:
        self._stream = ZipStream(compress_type=ZIP_DEFLATED, sized=False)
        self._names: set[str] = set()

    def add_text(self, name: str, text: str) -> None:
        """A file written here."""
        self._stream.add(text.encode(), self._free(name))

    def add_file(self, folder: str, file: StoredFile) -> str:
        """A stored document, read when its turn comes; the name it has in the archive. One that waits or is blocked is told."""
        if not file.is_readable:
            name = self._free(f"{folder}/{safe(file.name)} (non vérifié).txt")
            self._stream.add(b"Ce fichier n'a pas ete verifie par l'antivirus, ou il est bloque.\n", name)
            return name
        name = self._free(f"{folder}/{safe(file.name)}")
        kind = ZIP_STORED if file.content_type.startswith(_AS_THEY_ARE) else ZIP_DEFLATED
        self._stream.add(_bytes_of(file), name, compress_type=kind)
        return name

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def _free(self, name: str) -> str:
        path, number = PurePosixPath(name), 2
        while name.casefold() in self._names:
            name = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
            number += 1
        self._names.add(name.casefold())
        return name


def safe(name: str) -> str:
    """A name that every system takes."""
    return _NOT_IN_NAMES.sub(" ", name).strip(" .")[:120] or "sans nom"


def copies_archive(homework: Homework) -> Archive:
    """Every copy of a homework: a folder a student, named as lists are, with the text, the word and the files."""
    archive = Archive()
    rows = [(each.person, each.copy) for each in copies_of(homework) if each.copy is not None]
    files = files_of([copy for _person, copy in rows])
    for person, copy in rows:
        folder = safe(f"{person.last_name} {person.first_name}{' - en retard' if copy.is_late else ''}")
        if copy.text or copy.word:
            archive.add_text(f"{folder}/texte.txt", "\n\n".join(filter(None, [copy.text, copy.word])) + "\n")
        for file in files[copy.pk]:
            archive.add_file(folder, file)
    if not rows:
        archive.add_text("aucune copie.txt", f"{clock.today():%d/%m/%Y}\n")
    return archive


def _bytes_of(file: StoredFile) -> Iterable[bytes]:
    try:
        yield from shelf.pieces(file.blob.key)
    except (StorageDown, FileNotFoundError):
        yield b""
