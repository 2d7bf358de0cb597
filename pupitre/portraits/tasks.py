"""The jobs of this room."""

import logging

from procrastinate.contrib.django import app

from pupitre.portraits.models import PhotoRun
from pupitre.portraits.services.delivering import JOB, end_run, interrupted, read_archive

_log = logging.getLogger(__name__)


@app.task(name=JOB)
def read_photos(establishment_id: int, run_id: int, user_id: int) -> None:
    """Read a zip of portraits; whatever happens, its page says so."""
    try:
        read_archive(establishment_id, run_id, user_id)
    except Exception:  # noqa: BLE001 - the page must not wait for ever
        _log.exception("zip of portraits %s of establishment %s", run_id, establishment_id)
        end_run(establishment_id, run_id, PhotoRun.State.FAILED, interrupted())
