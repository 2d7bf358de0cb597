"""The process of live numbers, its application driven by hand, on the committed rows of a real database."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, Self

import pytest
from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from pupitre.accounts.models import Session
from pupitre.foundation import live
from pupitre.notifications import stream
from pupitre.notifications.services.reading import mark_read
from pupitre.notifications.sql import live_statement
from pupitre.notifications.stream import Facts, LiveNumbers
from pupitre.notifications.tests.test_posting import tell
from tests.cast import Cast
from tests.jobs import forget_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_jobs_left(transactional_db: None) -> Iterator[None]:
    yield
    forget_jobs()


def facts() -> Facts:
    given = connection.get_connection_params()
    database = make_conninfo(
        **{name: given[name] for name in ("dbname", "user", "host", "port", "password") if name in given}
    )
    return Facts(database, live_statement(), settings.SESSION_COOKIE_NAME, live.CHANNEL)


class Page:
    """A page that is open: what it was sent, until it leaves."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.has_ended = False
        self._left = asyncio.Event()

    async def run(self, application: LiveNumbers, cookie: str) -> None:
        headers = [(b"cookie", f"other=1; {settings.SESSION_COOKIE_NAME}={cookie}".encode())] if cookie else []
        await application(
            {"type": "http", "method": "GET", "path": "/evenements/", "headers": headers}, self._receive, self._send
        )
        self.has_ended = True

    async def _receive(self) -> dict[str, Any]:
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        self.sent.append(message)

    @property
    def text(self) -> str:
        return b"".join(message.get("body", b"") for message in self.sent).decode()

    def sees(self, text: str) -> None:
        waited(lambda: text in self.text)

    def ends(self) -> None:
        waited(lambda: self.has_ended)


def waited(true: Callable[[], bool]) -> None:
    """Wait for something to become true, ten seconds at most."""
    for _time in range(500):
        if true():
            return
        time.sleep(0.02)
    raise AssertionError("it never came")


class House:
    """The application in a loop of its own, as its server runs it."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._stop = threading.Event()
        self._facts = facts()
        self._application: LiveNumbers | None = None
        self._thread = threading.Thread(target=self.loop.run_until_complete, args=(self._live(),))

    async def _live(self) -> None:
        self._application = LiveNumbers(self._facts)
        inbox: asyncio.Queue[Any] = asyncio.Queue()
        outbox: asyncio.Queue[Any] = asyncio.Queue()
        life = asyncio.create_task(self._application({"type": "lifespan"}, inbox.get, outbox.put))
        for message in ("startup", "shutdown"):
            await inbox.put({"type": f"lifespan.{message}"})
            assert (await outbox.get())["type"] == f"lifespan.{message}.complete"
            while message == "startup" and not self._stop.is_set():
                await asyncio.sleep(0.02)
        await life
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def open(self, cookie: str) -> Page:
        """A new page, with the cookie of its browser."""
        assert self._application
        page = Page()
        asyncio.run_coroutine_threadsafe(page.run(self._application, cookie), self.loop)
        return page

    def listens(self) -> bool:
        """Whether the database knows of somebody who listens."""
        with connection.cursor() as cursor:
            cursor.execute(
                "select count(*) from pg_stat_activity where datname = current_database() and query like 'listen %%'"
            )
            return bool(cursor.fetchone()[0])

    def __enter__(self) -> Self:
        self._thread.start()
        waited(self.listens)
        return self

    def __exit__(self, *_raised: object) -> None:
        self._stop.set()
        self._thread.join()
        self.loop.close()


@pytest.fixture
def house(cast: Cast, tuesday: object) -> Iterator[House]:
    with House() as made:
        yield made


def test_a_page_is_told_its_numbers_and_again_when_they_change(cast, house):
    page, bystander = house.open(cast.session_of("parent")), house.open(cast.session_of("cpe"))
    page.sees('"notifications.unread" : 0')
    bystander.sees("data:")
    assert page.sent[0]["status"] == 200
    assert (b"content-type", b"text/event-stream") in page.sent[0]["headers"]
    tell(cast, ("parent", "eleve"))
    page.sees('"notifications.unread" : 1')
    mark_read(person_id=cast.people["parent"].pk)
    waited(lambda: page.text.count('"notifications.unread" : 0') == 2)
    assert bystander.text.count("data:") == 1


@pytest.mark.parametrize("cookie", ["", "nobody", '"; broken'])
def test_nobody_is_told_anything_without_a_session(house, cookie):
    page = house.open(cookie)
    page.ends()
    assert [message.get("status") for message in page.sent] == [204, None]


def test_signing_out_ends_the_stream(cast, tuesday, monkeypatch):
    monkeypatch.setattr(stream, "ROUND_SECONDS", 0.3)
    key = cast.session_of("parent")
    with House() as house:
        page = house.open(key)
        page.sees(":\n\n")
        Session.objects.filter(session_key=key).delete()
        page.ends()


def test_it_hears_again_after_the_database_hung_up(cast, house):
    page = house.open(cast.session_of("parent"))
    page.sees("data:")
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where datname = current_database() and pid <> pg_backend_pid() and usename = current_user"
        )
    tell(cast, ("parent", "eleve"))
    page.sees('"notifications.unread" : 1')


def test_one_session_holds_eight_streams_and_the_oldest_ends(cast, house):
    key = cast.session_of("parent")
    pages = []
    for _page in range(stream.MOST_A_SESSION + 1):
        pages.append(house.open(key))
        pages[-1].sees("data:")
    pages[0].ends()
    assert not any(page.has_ended for page in pages[1:])
