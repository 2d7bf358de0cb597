"""The jobs of this room: a file read, a file taken. Done twice, each changes nothing more."""

import logging
from collections.abc import Callable

from procrastinate.contrib.django import app

from pupitre.establishments.scope import scope
from pupitre.foundation.actor import Actor
from pupitre.integrations.takeover.models import TakeOver
from pupitre.integrations.takeover.services.analysing import analyse
from pupitre.integrations.takeover.services.applying import apply
from pupitre.integrations.takeover.services.receiving import APPLY, READ

_log = logging.getLogger(__name__)


@app.task(name=READ)
def read_file(establishment_id: int, pk: int) -> None:
    """Read a file, and say what becomes of each line."""
    _work(establishment_id, pk, TakeOver.State.ANALYSING, analyse)


@app.task(name=APPLY)
def take_file(establishment_id: int, pk: int, person_id: int, user_id: int) -> None:
    """Take what a file gives."""

    def work(take: TakeOver) -> None:
        actor = Actor(user_id, person_id, establishment_id, take.establishment.uai)
        apply(take, actor=actor)

    _work(establishment_id, pk, TakeOver.State.APPLYING, work)


def _work(establishment_id: int, pk: int, state: str, work: Callable[[TakeOver], object]) -> None:
    """Do some work on a file that waits for it; whatever happens, the file says so."""
    try:
        with scope(establishment_id):
            take = TakeOver.objects.select_for_update().filter(pk=pk, state=state).first()
            if take is not None:
                work(take)
    except Exception:  # noqa: BLE001 - the page must not wait for ever
        _log.exception("take-over %s of establishment %s", pk, establishment_id)
        with scope(establishment_id):
            TakeOver.objects.filter(pk=pk, state=state).update(state=TakeOver.State.FAILED)
