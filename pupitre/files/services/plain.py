"""Files sent whole with a form, without a script."""

from tempfile import TemporaryFile
from typing import IO

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.db import transaction
from django.http import HttpRequest

from pupitre.files.models import StoredFile
from pupitre.files.names import clean_name
from pupitre.files.queries import limits_of
from pupitre.files.refusals import Empty, Forbidden, Infected, TooLarge
from pupitre.files.services.keeping import Deposit, keep
from pupitre.files.services.quotas import check_room
from pupitre.files.services.uploading import new_key
from pupitre.foundation import audit
from pupitre.foundation.actor import Actor


def arrived_whole(request: HttpRequest) -> bool:
    """Whether the body of a form has the length it was said to have: Django drops a file that was cut, without a word."""
    told = request.META.get("CONTENT_LENGTH") or "0"
    read = getattr(getattr(request, "_stream", None), "_pos", None)
    return read is None or not str(told).isdecimal() or read >= int(told)


def keep_plain(file: UploadedFile, purpose: str, *, actor: Actor) -> StoredFile:
    """Keep one file of a form. Raises Refusal: TooLarge, Empty, Forbidden, QuotaFull, SchoolFull, Infected, StorageDown."""
    name, _notice = clean_name(file.name or "")
    size = file.size or 0
    largest, _most = limits_of(purpose)
    if size > largest:
        raise TooLarge(name, size, largest)
    if not size:
        raise Empty(name)
    try:
        with transaction.atomic(), TemporaryFile() as copy:
            check_room(name, size, actor=actor)
            return keep(Deposit(name, purpose, new_key(actor)), _on_disk(file, copy), actor=actor)
    except (Forbidden, Infected) as refusal:
        audit.record(actor, "files.refuse", None, why=type(refusal).__name__)
        raise


def _on_disk(file: UploadedFile, copy: IO[bytes]) -> IO[bytes]:
    """The bytes in a file of the system, as the process that draws previews needs."""
    if isinstance(file, TemporaryUploadedFile) and file.file is not None:
        return file.file
    for piece in file.chunks():
        copy.write(piece)
    return copy
