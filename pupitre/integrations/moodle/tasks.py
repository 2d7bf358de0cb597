"""The jobs of this room. Each does what is due and nothing else: lost or come twice, it changes nothing."""

import logging
from collections.abc import Callable

from procrastinate.contrib.django import app

from pupitre.integrations.moodle.services.applying import apply_report
from pupitre.integrations.moodle.services.marking import MARKS, read_marks, read_marks_everywhere
from pupitre.integrations.moodle.services.reporting import APPLY, COMPARE, ask_everywhere, give_up, write_report

_log = logging.getLogger(__name__)


@app.periodic(cron="50 4 * * *")
@app.task(name="moodle.daily")
def daily(timestamp: int) -> None:
    """Compare every school with its Moodle, before the day."""
    ask_everywhere()


@app.task(name=COMPARE)
def compare_school(establishment_id: int, pk: int) -> None:
    """Write the report of a school."""
    _work(establishment_id, pk, write_report)


@app.task(name=APPLY)
def apply_school(establishment_id: int, pk: int) -> None:
    """Do what a report says."""
    _work(establishment_id, pk, apply_report)


@app.periodic(cron="25 5,13,18 * * 1-6")
@app.task(name="moodle.marks")
def bring_marks(timestamp: int) -> None:
    """Bring the marks of the activities back, as drafts."""
    read_marks_everywhere()


@app.task(name=MARKS)
def bring_marks_of_school(establishment_id: int) -> None:
    """The same for a school whose administrator asks."""
    read_marks(establishment_id)


def _work(establishment_id: int, pk: int, work: Callable[[int, int], None]) -> None:
    """Do some work on a report; whatever happens, the report says so, and another one may be asked for."""
    try:
        work(establishment_id, pk)
    except Exception:  # noqa: BLE001 - the page must not wait for ever
        _log.exception("moodle: report %s of establishment %s", pk, establishment_id)
        give_up(establishment_id, pk)
