"""A file that comes in parts, each kept as soon as it is there: a cut costs what was on its way, no more."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import IO

from django.db import transaction
from django.http import UnreadablePostError

from pupitre.files import shelf
from pupitre.files.kinds import is_program
from pupitre.files.models import StoredFile, Upload
from pupitre.files.names import clean_name
from pupitre.files.queries import limits_of
from pupitre.files.refusals import Empty, Forbidden, Infected, TooLarge
from pupitre.files.services.keeping import Deposit, keep
from pupitre.files.services.quotas import check_room
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor

PART = 5 * 1024 * 1024
LIFETIME = timedelta(hours=48)
# A part smaller than this that is not the last one comes from a cut: an upload of 50 MB would need 800 of them in a row.
_MOST_PARTS = 800
# Somebody else, another tab, may be at it.
_AT_WORK = timedelta(seconds=20)
_IN_MEMORY = 256 * 1024


class WrongOffset(Exception):
    """The part does not begin where the upload stands: another tab was faster, or an answer was lost."""


def begin(*, name: str, size: int, purpose: str, actor: Actor, fingerprint: str = "") -> tuple[Upload, str]:
    """Announce a file; the upload, and a sentence when its name had to change.

    An unfinished upload of the same file is taken up again (same `fingerprint`, drawn by the browser from the file). Raises
    TooLarge, Empty, Forbidden, QuotaFull, SchoolFull.
    """
    clean, notice = clean_name(name)
    largest, _most = limits_of(purpose)
    if size > largest:
        raise TooLarge(clean, size, largest)
    if not size:
        raise Empty(clean)
    if is_program(clean, b""):
        raise Forbidden(clean)
    now = clock.now()
    same = Upload.objects.filter(
        owner=actor.person_id, fingerprint=fingerprint, name=clean, size=size, purpose=purpose, file=None,
        expires_at__gt=now, touched_at__lt=now - _AT_WORK,
    )  # fmt: skip
    if fingerprint and (known := same.order_by("-received").first()):
        return known, notice
    check_room(clean, size, actor=actor)
    made = Upload.objects.create(
        owner_id=actor.person_id, name=clean, purpose=purpose, size=size, key=new_key(actor), fingerprint=fingerprint,
        created_at=now, touched_at=now, expires_at=now + LIFETIME,
    )  # fmt: skip
    return made, notice


def receive(upload: Upload, offset: int, read: Callable[[int], bytes]) -> Upload:
    """Keep what comes, up to the end or to the cut; the upload as it stands then.

    `read(n)` gives at most n bytes, none at the end. Raises WrongOffset when the part does not begin where the upload
    stands, StorageDown. Memory holds one piece.
    """
    while True:
        with SpooledTemporaryFile(max_size=_IN_MEMORY) as part:
            room = min(PART, upload.size - offset)
            arrived, is_over = _take(read, part, room)
            upload = _add(upload, offset, part, arrived)
            offset += arrived
            if is_over or offset >= upload.size:
                return upload


def finish(upload: Upload, *, actor: Actor) -> StoredFile | None:
    """Make a document of an upload whose bytes are all there, once; None while some are still to come.

    A refused upload is removed. Raises Forbidden, Infected; StorageDown, after which it may be tried again.
    """
    if upload.received < upload.size:
        return None
    if upload.file_id is not None:
        return upload.file
    try:
        with TemporaryFile() as whole:
            for name in upload.parts:
                for piece in shelf.pieces(name):
                    whole.write(piece)
            upload.file = keep(Deposit(upload.name, upload.purpose, upload.key), whole, actor=actor)
    except (Forbidden, Infected) as refusal:
        audit.record(actor, "files.refuse", None, why=type(refusal).__name__)
        abandon(upload)
        raise
    transaction.on_commit(partial(shelf.forget, upload.parts))
    upload.parts = []
    upload.save(update_fields=["file", "parts"])
    return upload.file


def abandon(upload: Upload) -> None:
    """Stop an upload: its bytes go. A document that was made of it stays."""
    Upload.objects.filter(pk=upload.pk).delete()
    transaction.on_commit(partial(shelf.forget, list(upload.parts)))


def new_key(actor: Actor) -> str:
    """A name in the storage that nobody guesses: school, day, and a draw. The day is how the nightly round finds strays."""
    return f"files/{actor.establishment_id}/{clock.now():%Y-%m-%d}/{secrets.token_hex(16)}"


def _take(read: Callable[[int], bytes], part: IO[bytes], room: int) -> tuple[int, bool]:
    """Move at most so many bytes; how many came, and whether nothing more will."""
    arrived = 0
    while arrived < room:
        try:
            piece = read(min(shelf.PIECE, room - arrived))
        except UnreadablePostError:
            return arrived, True
        if not piece:
            return arrived, True
        part.write(piece)
        arrived += len(piece)
    return arrived, False


def _add(upload: Upload, offset: int, part: IO[bytes], arrived: int) -> Upload:
    # Locked only now: whoever lost their connection comes back while the former one still waits for bytes.
    held: Upload | None = Upload.objects.select_for_update().filter(pk=upload.pk).first()
    if held is None or held.received != offset:
        raise WrongOffset
    if len(held.parts) >= _MOST_PARTS:
        # Whoever asks where it stands is told that it is gone, and starts again.
        abandon(held)
        raise WrongOffset
    if arrived:
        held.parts.append(shelf.put(f"{held.key.replace('files/', 'parts/', 1)}.{offset:012}", part))
        held.received += arrived
        held.touched_at = clock.now()
        held.save(update_fields=["parts", "received", "touched_at"])
    return held
