"""The only place that asks what time it is.

`PUPITRE_NOW=2026-11-24T07:55` (Paris time) fixes the start of the clock, which then runs on: a demo may begin on any
morning. Tests stop it with `at()`.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")

# Written for the processes we start: a worker born later reads the same clock, it does not start it again.
_SINCE = "PUPITRE_NOW_SINCE"

_stopped: datetime | None = None


class WrongStart(ValueError):
    """PUPITRE_NOW cannot be read."""


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _stopped or datetime.now(UTC) + _shift()


def today(zone: tzinfo = PARIS) -> date:
    """The date on the wall calendar of that zone."""
    return now().astimezone(zone).date()


def is_shifted() -> bool:
    """Whether this clock tells another time than the world's: pages then say so."""
    return _stopped is not None or bool(_shift())


def in_world(instant: datetime) -> datetime:
    """What the world's clock will read at an instant of ours: for whoever only knows that one."""
    return instant - _shift()


@contextmanager
def at(moment: str | datetime) -> Iterator[datetime]:
    """Stop the clock at an instant (`2026-11-24T07:55`, Paris time unless it says otherwise), for tests."""
    global _stopped  # every thread reads the stopped clock, the test server's too
    before, _stopped = _stopped, _instant(moment)
    try:
        yield _stopped
    finally:
        _stopped = before


@cache
def _shift() -> timedelta:
    start = os.environ.get("PUPITRE_NOW")
    if not start:
        return timedelta()
    since = datetime.fromtimestamp(float(os.environ.setdefault(_SINCE, str(time.time()))), UTC)
    return _instant(start) - since


def _instant(moment: str | datetime) -> datetime:
    if isinstance(moment, str):
        try:
            moment = datetime.fromisoformat(moment)
        except ValueError:
            raise WrongStart(f"PUPITRE_NOW s’écrit 2026-11-24T07:55, et non {moment}.") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=PARIS)).astimezone(UTC)


# Read at once, so that a mistake stops the start and not the first page.
_shift()
