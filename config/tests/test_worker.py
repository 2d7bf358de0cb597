"""The worker, on the committed jobs of a real database."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from config.worker import _work
from pupitre.foundation import jobs
from pupitre.notifications.models import Notification
from pupitre.notifications.tests.conftest import KINDS, declared
from pupitre.notifications.tests.test_posting import tell
from tests.jobs import forget_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def kinds(monkeypatch, transactional_db):
    """The kinds of the tests; threads of the worker keep no connection after them, nor the database their jobs."""
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    with declared(*KINDS):
        yield
    forget_jobs()


def work():
    # In a thread of its own: a test of the browser in this process leaves an event loop running in ours.
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(asyncio.run, _work(2, wait=False)).result()


def states():
    with connection.cursor() as cursor:
        cursor.execute("select task_name, status::text from procrastinate_jobs order by id")
        return cursor.fetchall()


def test_what_a_page_asks_for_is_done_and_leaves_no_trace(cast, tuesday):
    (notice,) = tell(cast, ("parent", "eleve"))
    assert states() == [("notifications.route", "todo")]
    work()
    notice.refresh_from_db()
    assert notice.routed_at is not None
    assert states() == []


def test_a_worker_that_must_leave_leaves_the_rest_to_the_next(cast, tuesday):
    (notice,) = tell(cast, ("parent", "eleve"))
    jobs.ask_to_stop()
    work()
    notice.refresh_from_db()
    assert notice.routed_at is None
    jobs._stopping.clear()
    jobs.enqueue("notifications.sweep", timestamp=0)
    work()
    notice.refresh_from_db()
    assert notice.routed_at is not None


def test_a_page_that_fails_asks_for_nothing(cast, tuesday):
    with transaction.atomic():
        tell(cast, ("parent", "eleve"))
        transaction.set_rollback(True)
    assert states() == []
    assert not Notification.objects.exists()


def test_a_job_that_nobody_knows_fails_and_the_others_are_done(cast, tuesday):
    jobs.enqueue("nobody.knows")
    (notice,) = tell(cast, ("parent", "eleve"))
    work()
    notice.refresh_from_db()
    assert notice.routed_at is not None
    assert states() == [("nobody.knows", "failed")]


def test_a_job_for_later_waits(cast, tuesday):
    jobs.enqueue("notifications.route", at=tuesday.replace(year=2099))
    work()
    assert states() == [("notifications.route", "todo")]


def test_two_rescues_of_the_same_job_do_it_once(cast, tuesday):
    (notice,) = tell(cast, ("parent", "eleve"))
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set status = 'doing', worker_id = null")
    for minute in range(4):
        jobs.enqueue("foundation.rescue_jobs", timestamp=minute)
    work()
    work()
    notice.refresh_from_db()
    assert notice.routed_at is not None
    assert states() == []


def test_what_a_worker_that_was_killed_had_begun_is_given_back(cast, tuesday):
    (notice,) = tell(cast, ("parent", "eleve"))
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set status = 'doing', worker_id = null")
    jobs.enqueue("foundation.rescue_jobs", timestamp=0)
    work()
    work()
    notice.refresh_from_db()
    assert notice.routed_at is not None
    assert states() == []
