"""Setting a job to work, once, however often it is asked."""

from functools import partial

from django.db import transaction

from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.integrations.imports.models import ImportJob
from pupitre.integrations.imports.runner import SILENT_AFTER, is_silent, start_analysis, start_applying

State = ImportJob.State
AT_WORK = (State.RECEIVED, State.ANALYSING, State.APPLYING)


def is_stuck(job: ImportJob) -> bool:
    """Whether nothing will move any more unless somebody starts the job again."""
    never_started = job.state == State.RECEIVED and clock.now() - job.created_at > SILENT_AFTER
    return job.state == State.FAILED or never_started or is_silent(job)


@transaction.atomic
def analyse_again(job: ImportJob, actor: Actor) -> bool:
    """Compare the files with the school once more, after the transaction; False when the job is at work or has ended.

    A job whose process died while applying changed nothing: it is analysed again too.
    """
    # Whoever is really applying holds the row: the state read here is the one it left.
    locked = ImportJob.objects.defer("readings").select_for_update().get(pk=job.pk)
    if locked.state != State.TO_REVIEW and not is_stuck(locked):
        return False
    locked.state, locked.progress, locked.alive_at = State.ANALYSING, "", clock.now()
    locked.save(update_fields=["state", "progress", "alive_at"])
    audit.record(actor, "imports.analyse_again", locked)
    # The worker must find what this transaction writes.
    transaction.on_commit(partial(start_analysis, locked))
    return True


@transaction.atomic
def apply_once(job: ImportJob, actor: Actor, *, confirmed: bool) -> bool:
    """Apply a job that waits for it; False when somebody already did, or gave it up.

    The row stays locked until the transaction ends: a second click finds the job at work.
    """
    locked = ImportJob.objects.defer("readings").select_for_update().get(pk=job.pk)
    if locked.state != State.TO_REVIEW:
        return False
    start_applying(locked, actor, confirmed=confirmed)
    return True
