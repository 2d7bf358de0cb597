"""Photographs come, are replaced, and go."""

import secrets
import tempfile
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from pupitre.directory.models import Student
from pupitre.files.models import StoredFile
from pupitre.files.services.attaching import attach, detach_all
from pupitre.files.services.keeping import Deposit, keep
from pupitre.files.services.uploading import new_key
from pupitre.foundation import audit
from pupitre.foundation.actor import Actor
from pupitre.portraits.archive import MEGA, PHOTO_MB
from pupitre.portraits.models import Portrait
from pupitre.portraits.refusals import NotAllowed, NotAPhoto, TooHeavy
from pupitre.portraits.squares import squares_of

PURPOSE = "portraits.photo"


@transaction.atomic
def add_photo(*, student: Student, photo: bytes, actor: Actor) -> None:
    """Keep the photograph of a student as a small square, in place of the former one.

    Raises NotAllowed (the family did not say yes), TooHeavy, NotAPhoto.
    """
    portrait = Portrait.objects.select_for_update().filter(student=student).first()
    if portrait is None or not portrait.is_allowed:
        raise NotAllowed
    if len(photo) > PHOTO_MB * MEGA:
        raise TooHeavy(PHOTO_MB)
    (square,) = squares_of([photo])
    if not square:
        raise NotAPhoto
    put_square(portrait, square, actor=actor)
    audit.record(actor, "portraits.add_photo", student)


@transaction.atomic
def put_square(portrait: Portrait, square: bytes, *, actor: Actor) -> None:
    """Keep a square already cut. The file is the school's: nobody finds it among theirs."""
    drop_photos([portrait])
    with tempfile.TemporaryFile() as content:
        content.write(square)
        file = keep(Deposit("portrait.webp", PURPOSE, new_key(actor), is_previewed=False), content, actor=actor)
    attach(upload_ids=[file.pk], target=portrait, actor=actor)
    StoredFile.objects.filter(pk=file.pk).update(owner=None)
    portrait.file, portrait.token = file, secrets.token_hex(6)
    portrait.save(update_fields=["file", "token"])


@transaction.atomic
def remove_photo(*, portrait: Portrait, actor: Actor) -> None:
    """Take a photograph away; what the family said stays."""
    drop_photos([portrait])
    audit.record(actor, "portraits.remove_photo", portrait)


def drop_photos(portraits: Iterable[Any]) -> None:
    """Let these portraits hold no photograph; the bytes go with the last of them."""
    for portrait in portraits:
        if portrait.file_id is None:
            continue
        portrait.file, portrait.token = None, ""
        portrait.save(update_fields=["file", "token"])
        detach_all(target=portrait)
