"""A large zip is deposited by a page, then read by a job: how far it is is seen, and a page never waits for it."""

from functools import partial
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.files import shelf
from pupitre.files.services.uploading import new_key
from pupitre.foundation import audit, clock, jobs
from pupitre.foundation.actor import Actor
from pupitre.portraits.archive import MEGA, count_photos, photos_in
from pupitre.portraits.matching import Pupils
from pupitre.portraits.models import PhotoRun
from pupitre.portraits.queries import pupils_of_today
from pupitre.portraits.refusals import BadArchive
from pupitre.portraits.report import Report
from pupitre.portraits.services.receiving import Photo, batches, keep_batch

JOB = "portraits.read_archive"
LONG_MB, LONG = 10, 100
"""Above so many megabytes, or so many files, a zip is read by a job."""
State = PhotoRun.State
_GOING = (State.WAITING, State.RUNNING)


def is_long(stream: IO[bytes], size: int) -> bool:
    """Whether a zip is too large for a page to wait for it. Raises BadArchive."""
    return count_photos(stream) > LONG or size > LONG_MB * MEGA


@transaction.atomic
def deposit_archive(stream: IO[bytes], *, name: str, actor: Actor) -> PhotoRun:
    """Put a zip aside and have it read by a job. Raises BadArchive, StorageDown: nothing is put aside then."""
    total = count_photos(stream)
    key = shelf.put(new_key(actor), stream)
    run: PhotoRun = PhotoRun.objects.create(
        name=name[-150:], key=key, total=total, asked_by_id=actor.person_id, asked_at=clock.now()
    )
    audit.record(actor, "portraits.deposit_archive", run, files=total)
    jobs.enqueue(JOB, establishment_id=run.establishment_id, run_id=run.pk, user_id=actor.user_id)
    return run


def read_archive(establishment_id: int, run_id: int, user_id: int) -> None:
    """Read what is left of a zip, some photographs at a time; done twice, it reads nothing twice."""
    with scope(establishment_id):
        run = PhotoRun.objects.filter(pk=run_id, state__in=_GOING).first()
        if run is None:
            return
        PhotoRun.objects.filter(pk=run_id).update(state=State.RUNNING)
        pupils = Pupils.of(pupils_of_today())
    try:
        with shelf.borrowed(run.key) as stream:
            if not run.done:
                _weigh(stream)
            is_over = _read(run, stream, pupils, user_id)
    except BadArchive as why:
        end_run(establishment_id, run_id, State.REFUSED, str(why))
        return
    if not is_over:
        with scope(establishment_id):
            jobs.enqueue(JOB, establishment_id=establishment_id, run_id=run_id, user_id=user_id)
        return
    end_run(establishment_id, run_id, State.DONE)


def end_run(establishment_id: int, run_id: int, state: str, problem: str = "") -> None:
    """Write how the reading of a zip ended; the zip itself goes."""
    with scope(establishment_id):
        run = PhotoRun.objects.select_for_update().filter(pk=run_id, state__in=_GOING).first()
        if run is None:
            return
        report = Report.of(run.lines)
        audit.record(
            None,
            "portraits.receive_archive",
            run,
            kept=report.kept,
            read=report.read,
            establishment_id=establishment_id,
        )
        transaction.on_commit(partial(shelf.forget, [run.key]))
        run.state, run.problem, run.key, run.ended_at = state, problem, "", clock.now()
        run.save(update_fields=["state", "problem", "key", "ended_at"])


def interrupted() -> str:
    """What is said of a zip whose reading failed."""
    return _("La lecture s’est interrompue. Ce qui est gardé le reste : déposez le zip de nouveau pour la suite.")


def _weigh(stream: IO[bytes]) -> None:
    """Open every file once before any is kept: a zip that is damaged gives nothing. Raises BadArchive."""
    for _photo in photos_in(stream):
        pass


def _read(run: PhotoRun, stream: IO[bytes], pupils: Pupils, user_id: int) -> bool:
    """Keep the photographs batch by batch, each committed; False when this worker has to leave."""
    uai = Establishment.objects.values_list("uai", flat=True).get(pk=run.establishment_id)
    actor = Actor(user_id, run.asked_by_id or 0, run.establishment_id, uai)
    for batch in batches(photos_in(stream, after=run.done)):
        if jobs.must_stop():
            return False
        with scope(run.establishment_id):
            _one_batch(run.pk, batch, pupils, actor)
    return True


def _one_batch(run_id: int, batch: list[Photo], pupils: Pupils, actor: Actor) -> None:
    run = PhotoRun.objects.select_for_update().get(pk=run_id)
    report = Report.of(run.lines)
    report.lines += keep_batch(batch, pupils, report.settled, actor=actor)
    run.lines, run.done = report.rows(), report.read
    run.save(update_fields=["lines", "done"])
