"""The jobs of this room: each may be done twice."""

import logging

from procrastinate.contrib.django import app

from pupitre.meetings.services.planning import PLAN, give_up, make_plan

_log = logging.getLogger(__name__)


@app.task(name=PLAN)
def plan_meeting(meeting: int, establishment: int) -> None:
    """Make the plan of an evening; whatever happens, the page says so."""
    try:
        make_plan(meeting, establishment)
    except Exception:  # noqa: BLE001 - the page must not wait for ever
        _log.exception("plan of meeting %s of establishment %s", meeting, establishment)
        give_up(meeting, establishment)
