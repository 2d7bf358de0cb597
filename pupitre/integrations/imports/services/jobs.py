"""Receiving files, and giving up an import."""

from collections.abc import Iterable

import msgspec
from django.db import transaction

from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.integrations.exchange.records import Reading
from pupitre.integrations.imports.models import ImportFile, ImportJob
from pupitre.integrations.imports.sealing import seal

OPEN = (ImportJob.State.RECEIVED, ImportJob.State.ANALYSING, ImportJob.State.TO_REVIEW, ImportJob.State.FAILED)
"""States in which nothing has been changed yet and something may still be."""


@transaction.atomic
def receive(files: Iterable[tuple[str, bytes]], actor: Actor | None = None) -> ImportJob:
    """Keep the files of an import, sealed, in the open school; nothing is read yet. `files`: (name, bytes)."""
    job = ImportJob.objects.create(author_id=actor.person_id if actor else None, created_at=clock.now())
    for name, data in files:
        ImportFile.objects.create(job=job, name=name[:200], size=len(data), data=seal(data))
    audit.record(actor, "imports.receive", job, files=job.files.count(), establishment_id=job.establishment_id)
    return job


@transaction.atomic
def abandon(job: ImportJob, actor: Actor) -> ImportJob:
    """Give up an import that was not applied; its files are removed."""
    job = ImportJob.objects.select_for_update().get(pk=job.pk)
    if job.state in OPEN or job.state == ImportJob.State.REJECTED:
        job.state, job.ended_at = ImportJob.State.ABANDONED, clock.now()
        job.save(update_fields=["state", "ended_at"])
        forget_files(job)
        audit.record(actor, "imports.abandon", job)
    return job


def forget_files(job: ImportJob) -> None:
    """Remove everything that came in: files hold personal data of minors and are kept no longer than they serve."""
    ImportFile.objects.filter(job=job).update(data=None)
    ImportJob.objects.filter(pk=job.pk).update(readings=None)
    job.readings = None


@transaction.atomic
def receive_readings(readings: list[Reading], actor: Actor | None = None) -> ImportJob:
    """An import of what is read already, for the open school: the directory of an academy is one archive for all schools."""
    job: ImportJob = ImportJob.objects.create(
        author_id=actor.person_id if actor else None,
        created_at=clock.now(),
        readings=seal(msgspec.msgpack.encode(readings)),
    )
    audit.record(actor, "imports.receive", job, files=0, establishment_id=job.establishment_id)
    return job


@transaction.atomic
def abandon_replaced(job_id: int) -> None:
    """Give up an import of the open school that a newer one replaces; nothing when it has ended."""
    job = ImportJob.objects.select_for_update().filter(pk=job_id, state__in=OPEN).first()
    if job is not None:
        job.state, job.ended_at = ImportJob.State.ABANDONED, clock.now()
        job.save(update_fields=["state", "ended_at"])
        forget_files(job)
