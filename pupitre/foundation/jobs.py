"""Work done after the page: kept in the same database, in the transaction of whoever asks for it.

A room writes its jobs in `tasks.py` (`@app.task(name="room.verb")`, app of `procrastinate.contrib.django`), opens the school
by hand inside them, and names them here to have them done. A job carries a batch, and may be done twice: a worker that is
killed leaves its job to the others.
"""

import datetime as dt
import threading
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from pupitre.foundation import clock


def enqueue(name: str, *, at: dt.datetime | None = None, **arguments: Any) -> None:
    """Have a job done, after the commit or from an instant on; one statement. A rollback leaves no job."""
    # Workers read the database's clock, which is the world's.
    when = clock.in_world(at) if at is not None else None
    app.configure_task(name, schedule_at=when).defer(**arguments)


def enqueue_once(name: str, *, once: str, lock: str, priority: int = 0, **arguments: Any) -> bool:
    """Have a job done unless the same one (`once`) already waits; whether it was added.

    Those that share a `lock` are done one after the other, so that what is slow there holds one worker at most.
    """
    try:
        # A savepoint: the refusal of the queue must not lose what the caller has written.
        with transaction.atomic():
            app.configure_task(name, queueing_lock=once, lock=lock, priority=priority).defer(**arguments)
    except AlreadyEnqueued:
        return False
    return True


def enqueue_many(name: str, batches: list[dict[str, Any]]) -> None:
    """Have one job done for each of these arguments; one statement."""
    if batches:
        app.configure_task(name).batch_defer(*batches)


_stopping = threading.Event()


def ask_to_stop() -> None:
    """Have the long jobs of this worker stop at their next batch: it has to leave."""
    _stopping.set()


def must_stop() -> bool:
    """Whether a job that goes on batch by batch should leave the rest to the next one."""
    return _stopping.is_set()
