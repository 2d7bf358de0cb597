"""Jobs done in place: what a worker would do, inside the transaction of the test."""

import json
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app

from pupitre.foundation import clock

_MOST = 200


def run_jobs() -> list[str]:
    """Do the jobs that are due, and those that they ask for, in the order in which they were asked; their names."""
    done: list[str] = []
    while (job := _next()) is not None:
        assert len(done) < _MOST, "jobs that ask for one another without end"
        number, name, arguments = job
        app.tasks[name].func(**arguments)
        _is_done(number)
        done.append(name)
    return done


def forget_jobs() -> None:
    """Delete every job: tests that commit empty our tables after them, not those of the jobs."""
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs")


def _is_done(number: int) -> None:
    """Those that share its lock may go on."""
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set status = 'succeeded' where id = %s", [number])


def _next() -> tuple[int, str, dict[str, Any]] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "update procrastinate_jobs set status = 'doing' where id = ("
            "select id from procrastinate_jobs where status = 'todo' and coalesce(scheduled_at, %(now)s) <= %(now)s "
            "order by priority desc, id limit 1) returning id, task_name, args",
            {"now": clock.now()},
        )
        row = cursor.fetchone()
    if row is None:
        return None
    number, name, arguments = row
    return int(number), str(name), json.loads(arguments)
