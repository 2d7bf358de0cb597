"""Bytes that are all here become a document: recognised, looked at by the antivirus, kept once in the school."""

import hashlib
import io
import logging
from dataclasses import dataclass
from functools import partial
from typing import IO

from django.db import transaction
from django.db.models import Exists, OuterRef

from pupitre.establishments.scope import current_establishment_id
from pupitre.files import antivirus, shelf
from pupitre.files.kinds import HEAD, content_type_of, is_program
from pupitre.files.models import Blob, FileReference, StoredFile
from pupitre.files.previews import draw_preview
from pupitre.files.refusals import Empty, Forbidden, Infected
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor

State = Blob.State
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Deposit:
    """What is known of a file that comes in: its clean name, what it is for, the name its bytes will have.

    `is_previewed`: a small image of it is drawn; an image already small needs none.
    """

    name: str
    purpose: str
    key: str
    is_previewed: bool = True


@transaction.atomic
def keep(deposit: Deposit, content: IO[bytes], *, actor: Actor) -> StoredFile:
    """Make a document of a stream that has a file descriptor; nothing refers to it yet.

    The same file given twice before it is attached is one document. Raises Empty, Forbidden, Infected, StorageDown.
    """
    content.seek(0)
    head = content.read(HEAD)
    if not head:
        raise Empty(deposit.name)
    if is_program(deposit.name, head):
        raise Forbidden(deposit.name)
    content_type = content_type_of(deposit.name, head)
    blob = _blob_of(deposit, content, content_type, actor)
    if blob.state == State.BLOCKED:
        raise Infected(deposit.name)
    same = StoredFile.objects.filter(blob=blob, owner=actor.person_id, name=deposit.name, purpose=deposit.purpose)
    waiting = same.exclude(Exists(FileReference.objects.filter(file=OuterRef("pk")))).first()
    return waiting or StoredFile.objects.create(
        blob=blob,
        owner_id=actor.person_id,
        name=deposit.name,
        content_type=content_type,
        purpose=deposit.purpose,
        created_at=clock.now(),
    )


def look_again(blob: Blob, content_type: str) -> str:
    """Ask the antivirus about bytes that still wait for it; the state they are in now. Raises StorageDown."""
    with shelf.borrowed(blob.key) as content:
        blob.state = _look(content)
        if blob.state == State.BLOCKED:
            transaction.on_commit(partial(shelf.forget, [blob.key]))
            audit.record(None, "files.block", blob, establishment_id=blob.establishment_id)
        elif blob.state != State.PENDING:
            blob.preview = _preview(blob.key, content, content_type)
    blob.save(update_fields=["state", "preview"])
    return blob.state


def _blob_of(deposit: Deposit, content: IO[bytes], content_type: str, actor: Actor) -> Blob:
    digest, size = _measured(content)
    # Locked, so that nobody removes these bytes while a document is made of them.
    known = Blob.objects.select_for_update().filter(sha256=digest).first()
    if known is not None:
        return known
    state = _look(content)
    if state == State.BLOCKED:
        raise Infected(deposit.name)
    shelf.put(deposit.key, content)
    is_previewed = deposit.is_previewed and state != State.PENDING
    preview = _preview(deposit.key, content, content_type) if is_previewed else ""
    made = Blob(
        establishment_id=current_establishment_id(),
        sha256=digest,
        size=size,
        key=deposit.key,
        state=state,
        preview=preview,
        created_at=clock.now(),
    )
    Blob.objects.bulk_create([made], ignore_conflicts=True)
    kept = Blob.objects.select_for_update().get(sha256=digest)
    if kept.key != deposit.key:
        # Somebody deposited the same bytes at the same moment: theirs stay.
        transaction.on_commit(partial(shelf.forget, [deposit.key, *([preview] if preview else [])]))
    return kept


def _measured(content: IO[bytes]) -> tuple[str, int]:
    content.seek(0)
    digest, size = hashlib.sha256(), 0
    while piece := content.read(shelf.PIECE):
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


def _look(content: IO[bytes]) -> str:
    if not antivirus.is_configured():
        return State.UNSCANNED
    try:
        found = antivirus.find_virus(content)
    except antivirus.AntivirusDown as silence:
        _log.error("clamd does not answer, files wait for it: %s", silence)
        return State.PENDING
    return State.BLOCKED if found else State.SCANNED


def _preview(key: str, content: IO[bytes], content_type: str) -> str:
    image = draw_preview(content, content_type)
    return shelf.put(f"{key}.webp", io.BytesIO(image)) if image else ""
