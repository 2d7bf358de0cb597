"""Archives of bulletins that leave as they are made: memory holds one piece of one file."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from zipstream import ZIP_STORED, ZipStream

from pupitre.directory.models import Group, Student
from pupitre.files import shelf
from pupitre.files.models import StoredFile
from pupitre.files.queries import files_of
from pupitre.files.refusals import StorageDown
from pupitre.foundation import clock
from pupitre.reportcards.models import ReportVersion
from pupitre.reportcards.policies import seen_now

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def safe(name: str) -> str:
    """A name that every system takes."""
    return _NOT_IN_NAMES.sub(" ", name).strip(" .")[:120] or "bulletins"


def class_archive(division: Group, term_id: int) -> Iterable[bytes]:
    """The last version of each bulletin given to a class in a term."""
    rows = ReportVersion.objects.filter(card__division=division, card__term=term_id)
    return _archive(list({row.card_id: row for row in rows.order_by("card", "number")}.values()))


def student_archive(student: Student) -> Iterable[bytes]:
    """Every version that was given to a student, of every year."""
    rows = ReportVersion.objects.filter(seen_now(), card__student=student, card__published_at__lte=clock.now())
    return _archive(list(rows.order_by("card__term__starts_on", "number")))


def _archive(versions: list[ReportVersion]) -> Iterable[bytes]:
    stream = ZipStream(compress_type=ZIP_STORED, sized=False)
    files = files_of(versions)
    readable = [file for row in versions for file in files[row.pk] if file.is_readable]
    for file in readable:
        stream.add(_bytes_of(file), safe(file.name))
    if not readable:
        stream.add(_("Aucun bulletin n’a encore été remis.").encode(), "aucun bulletin.txt")
    return stream


def _bytes_of(file: StoredFile) -> Iterator[bytes]:
    try:
        yield from shelf.pieces(file.blob.key)
    except (StorageDown, FileNotFoundError):
        yield b""
