"""Analysing and applying beside the requests: one worker thread a process, so that a page never waits for a file.

The job itself says where it stands: a process that dies leaves a job that anybody may start again.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.integrations.imports.models import ImportJob
from pupitre.integrations.imports.services.analysis import analyse
from pupitre.integrations.imports.services.application import NotAppliable, apply

SILENT_AFTER = timedelta(seconds=90)
"""A job at work that has given no sign of life for so long was interrupted."""

_log = logging.getLogger(__name__)
_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="imports")


def start_analysis(job: ImportJob) -> "Future[None] | None":
    """Analyse a job in the background."""
    return _start(job, partial(analyse, job.pk, job.establishment_id))


def start_applying(job: ImportJob, actor: Actor, *, confirmed: bool) -> "Future[None] | None":
    """Apply a job in the background; what prevents it is written on the job."""
    with scope(job.establishment_id):
        ImportJob.objects.filter(pk=job.pk, state=ImportJob.State.TO_REVIEW).update(
            state=ImportJob.State.APPLYING, progress=_("Écriture des changements"), alive_at=clock.now()
        )
    return _start(job, partial(apply, job.pk, job.establishment_id, actor=actor, confirmed=confirmed))


def is_silent(job: ImportJob) -> bool:
    """Whether a job said to be at work was interrupted (server stopped, power cut)."""
    if job.state not in (ImportJob.State.ANALYSING, ImportJob.State.APPLYING):
        return False
    return job.alive_at is None or clock.now() - job.alive_at > SILENT_AFTER


def _start(job: ImportJob, work: Callable[[], Any]) -> "Future[None] | None":
    if getattr(settings, "IMPORTS_IN_REQUEST", False):
        _run(job.pk, job.establishment_id, work)
        return None
    return _worker.submit(_run, job.pk, job.establishment_id, work, close=True)


def _run(job_id: int, establishment_id: int, work: Callable[[], Any], *, close: bool = False) -> None:
    try:
        work()
    except NotAppliable as why:
        _mark(job_id, establishment_id, ImportJob.State.TO_REVIEW, str(why))
    except Exception:  # noqa: BLE001 - whatever happens, the job must say so
        _log.exception("import %s of establishment %s", job_id, establishment_id)
        _mark(
            job_id, establishment_id, ImportJob.State.FAILED,
            _("L’import s’est interrompu et n’a rien changé. Relancez-le ; s’il s’interrompt encore, prévenez l’assistance."),
        )  # fmt: skip
    finally:
        if close:
            connection.close()


def _mark(job_id: int, establishment_id: int, state: str, why: str) -> None:
    with scope(establishment_id):
        ImportJob.objects.filter(pk=job_id).update(state=state, progress=why)
