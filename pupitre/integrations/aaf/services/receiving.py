"""An archive handed over by a page: kept sealed, read beside the page, school by school."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from django.db import transaction
from django.db.models import Max

from pupitre.foundation import audit, clock, jobs
from pupitre.foundation.actor import Actor
from pupitre.foundation.sealing import Seal
from pupitre.integrations.aaf.models import ArchivePiece, Batch, SchoolPart
from pupitre.integrations.aaf.services.applying import end_if_done
from pupitre.integrations.aaf.services.comparing import compare_school, list_schools
from pupitre.integrations.aaf.services.gesture import reject
from pupitre.integrations.aaf.services.reading import read_batch
from pupitre.integrations.exchange.verdicts import Rejected

READ, COMPARE, APPLY = "aaf.read", "aaf.compare", "aaf.apply"
SILENT_AFTER = timedelta(minutes=10)
"""An archive at work that gave no sign of life for so long was interrupted."""
State, PartState = Batch.State, SchoolPart.State
AT_WORK = (State.RECEIVED, State.READING, State.COMPARING, State.APPLYING)
_SEAL = Seal(b"pupitre.aaf")
_PIECE = 4_000_000


@transaction.atomic
def receive(name: str, stream: IO[bytes], *, academy: str, actor: Actor, may_open: bool = False) -> Batch:
    """Keep an archive, sealed, for the academy of whoever hands it over, and have it read."""
    batch: Batch = Batch.objects.create(
        academy=academy, name=name[:200], size=0, may_open=may_open, author_id=actor.person_id, created_at=clock.now(),
        alive_at=clock.now(),
    )  # fmt: skip
    for number, data in enumerate(iter(lambda: stream.read(_PIECE), b"")):
        ArchivePiece.objects.create(batch=batch, number=number, data=_SEAL.seal(data))
        batch.size += len(data)
    batch.save(update_fields=["size"])
    audit.record(actor, "aaf.receive", batch)
    jobs.enqueue(READ, batch_id=batch.pk)
    return batch


def read(batch_id: int) -> None:
    """Read an archive received, then have each school compared; asked twice, it is read once."""
    batch = Batch.objects.get(pk=batch_id)
    if batch.state not in (State.RECEIVED, State.READING):
        return
    batch.state, batch.alive_at = State.READING, clock.now()
    batch.save(update_fields=["state", "alive_at"])
    try:
        with _archive(batch) as path:
            read_batch(batch, path)
    except Rejected as why:
        reject(batch, str(why))
    batch.pieces.all().delete()
    if batch.state != State.REJECTED:
        hand_out(batch)


@transaction.atomic
def hand_out(batch: Batch) -> None:
    """List the schools of an archive, and have each compared."""
    parts = list_schools(batch, may_open=batch.may_open)
    here = [part for part in parts if part.state == PartState.WAITING]
    batch.state = State.COMPARING if here else State.DONE if not parts else State.READY
    batch.alive_at, batch.ended_at = clock.now(), None if parts else clock.now()
    batch.save(update_fields=["state", "alive_at", "ended_at"])
    jobs.enqueue_many(COMPARE, [{"part_id": part.pk} for part in here])


def compare(part_id: int) -> None:
    """Compare one school; the last one makes the archive ready to be looked at."""
    part = SchoolPart.objects.select_related("batch__feed", "establishment").filter(pk=part_id).first()
    if part is None or part.state not in (PartState.WAITING, PartState.FAILED) or part.establishment is None:
        return
    compare_school(part, part.batch)
    batch = part.batch
    Batch.objects.filter(pk=batch.pk).update(alive_at=clock.now())
    if not batch.parts.filter(state=PartState.WAITING).exists():
        Batch.objects.filter(pk=batch.pk, state=State.COMPARING).update(state=State.READY)


@transaction.atomic
def ask_to_apply(batch: Batch, *, actor: Actor) -> int:
    """Have every school that is ready apply its part; how many. Those that wait for a human are left."""
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state not in (State.READY, State.DONE, State.APPLYING):
        return 0
    ready = list(locked.parts.filter(state__in=[PartState.READY, PartState.SAME]).exclude(job=None))
    for part in ready:
        jobs.enqueue(APPLY, part_id=part.pk, actor=_told(actor), confirmed=False)
    if ready:
        locked.state, locked.alive_at = State.APPLYING, clock.now()
        locked.save(update_fields=["state", "alive_at"])
        audit.record(actor, "aaf.apply", locked, schools=len(ready))
    return len(ready)


@transaction.atomic
def ask_school_to_apply(part: SchoolPart, *, actor: Actor) -> bool:
    """Have one school apply its part, even what had to be confirmed; False when there is nothing to apply."""
    locked = SchoolPart.objects.select_for_update(of=("self",)).select_related("batch").get(pk=part.pk)
    if locked.state not in (PartState.READY, PartState.HELD) or locked.job is None:
        return False
    jobs.enqueue(APPLY, part_id=locked.pk, actor=_told(actor), confirmed=True)
    Batch.objects.filter(pk=locked.batch_id).update(state=State.APPLYING, alive_at=clock.now())
    audit.record(actor, "aaf.apply_school", locked)
    return True


@transaction.atomic
def start_again(batch: Batch, *, actor: Actor, may_open: bool = False) -> bool:
    """Go on with what was interrupted or failed, and compare again; False while it is at work."""
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state == State.REJECTED or (locked.state in AT_WORK and not is_silent(locked)) or not is_newest(locked):
        return False
    audit.record(actor, "aaf.start_again", locked)
    if locked.state in (State.RECEIVED, State.READING):
        jobs.enqueue(READ, batch_id=locked.pk)
        return True
    locked.may_open = locked.may_open or may_open
    locked.save(update_fields=["may_open"])
    hand_out(locked)
    return True


def is_silent(batch: Batch) -> bool:
    """Whether an archive said to be at work was interrupted."""
    return batch.state in AT_WORK and (batch.alive_at is None or clock.now() - batch.alive_at > SILENT_AFTER)


def is_newest(batch: Batch) -> bool:
    """Whether no other archive of the feed was read since."""
    if batch.feed_id is None:
        return True
    newest = Batch.objects.filter(feed=batch.feed_id).exclude(state=State.REJECTED).aggregate(pk=Max("pk"))["pk"]
    return bool(newest == batch.pk)


def note_end(batch_id: int) -> None:
    """A sign of life; the archive is over when nothing is left to apply."""
    batch = Batch.objects.get(pk=batch_id)
    batch.alive_at = clock.now()
    batch.save(update_fields=["alive_at"])
    end_if_done(batch)


@contextmanager
def _archive(batch: Batch) -> Iterator[Path]:
    """The archive on the disk for as long as it is read."""
    with NamedTemporaryFile(suffix=Path(batch.name).suffix[:10]) as file:
        for data in batch.pieces.order_by("number").values_list("data", flat=True).iterator(chunk_size=1):
            file.write(_SEAL.unseal(data))
        file.flush()
        yield Path(file.name)


def _told(actor: Actor) -> list[int]:
    return [actor.user_id or 0, actor.person_id or 0]
