"""The live numbers of open pages: server-sent events from a small ASGI application that knows neither Django nor its rooms.

One connection listens to what the database announces, another asks who is behind a session and what rooms count for them,
in one statement for many streams. An idle stream costs its socket, one task and a few hundred bytes.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie
from typing import Any

import msgspec
import psycopg

from pupitre.foundation import clock

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

# What comes together is told together.
GATHERING_SECONDS = 0.2
# Keeps proxies from hanging up, and finds what became true with the hour, and the sessions that ended.
ROUND_SECONDS = 30.0
SLOWEST_SECONDS = 10.0
ASKED_AT_ONCE = 500
MOST_A_SESSION = 8
RETRY = b"retry: 5000\n"
_log = logging.getLogger(__name__)


class Facts(msgspec.Struct, frozen=True):
    """What Django knows and this process does not: the database, the statement, the cookie, the channel."""

    database: str
    statement: str
    cookie: str
    channel: str


class Stream:
    """One page that is open. `last`: the numbers it was told last."""

    __slots__ = ("last", "person", "send", "task")

    def __init__(self, person: int, last: str, send: Send) -> None:
        self.person, self.last, self.send = person, last, send
        self.task = asyncio.current_task()

    async def push(self, data: bytes) -> None:
        """Write to the page; one that does not read is let go."""
        try:
            async with asyncio.timeout(SLOWEST_SECONDS):
                await self.send({"type": "http.response.body", "body": data, "more_body": True})
        except Exception:  # noqa: BLE001 - whatever the server says of a page that left, it left
            self.close()

    def close(self) -> None:
        """End it."""
        if self.task:
            self.task.cancel()


class LiveNumbers:
    """The ASGI application."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._streams: dict[str, list[Stream]] = defaultdict(list)
        self._changed: set[int] = set()
        self._heard = 0
        self._something = asyncio.Event()
        self._asking = asyncio.Lock()
        self._connection: psycopg.AsyncConnection[Any] | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        self._tasks = [asyncio.create_task(each()) for each in (self._listen, self._tell_changes, self._make_rounds)]
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._hang_up()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: Message, receive: Receive, send: Send) -> None:
        key, heard = _cookie(scope, self._facts.cookie), self._heard
        found = await self._counts([key]) if key and scope["method"] == "GET" else {}
        if key not in found:
            # The only answer after which a browser does not come back.
            await send({"type": "http.response.start", "status": 204, "headers": [(b"cache-control", b"no-store")]})
            await send({"type": "http.response.body", "body": b""})
            return
        headers = [
            (b"content-type", b"text/event-stream"), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no"),
        ]  # fmt: skip
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        person, counts = found[key]
        stream = Stream(person, counts, send)
        await stream.push(RETRY + _event(counts))
        self._welcome(key, stream)
        if heard != self._heard:
            # Something was announced while nobody listened for this page.
            self._note([person])
        try:
            while (await receive())["type"] != "http.disconnect":
                pass
        except asyncio.CancelledError:
            with suppress(Exception):
                await send({"type": "http.response.body", "body": b""})
        finally:
            self._forget(key, stream)

    def _welcome(self, key: str, stream: Stream) -> None:
        mine = self._streams[key]
        if len(mine) >= MOST_A_SESSION:
            mine[0].close()
        mine.append(stream)

    def _forget(self, key: str, stream: Stream) -> None:
        mine = self._streams.get(key, [])
        with suppress(ValueError):
            mine.remove(stream)
        if not mine:
            self._streams.pop(key, None)

    async def _listen(self) -> None:
        """Hear what the database announces; come back when it hangs up, and look at everybody then."""
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self._facts.database, autocommit=True) as connection:
                    await connection.execute(f"listen {self._facts.channel}")
                    self._note(stream.person for mine in self._streams.values() for stream in mine)
                    async for notice in connection.notifies():
                        self._note(int(each) for each in notice.payload.split(",") if each.isdigit())
            except psycopg.Error:
                _log.warning("the database hung up")
            await asyncio.sleep(1)

    def _note(self, people: Iterable[int]) -> None:
        self._heard += 1
        self._changed.update(people)
        self._something.set()

    async def _tell_changes(self) -> None:
        while True:
            await self._something.wait()
            await asyncio.sleep(GATHERING_SECONDS)
            self._something.clear()
            people, self._changed = self._changed, set()
            await self._refresh([
                key for key, mine in self._streams.items() if any(stream.person in people for stream in mine)
            ])  # fmt: skip

    async def _make_rounds(self) -> None:
        while True:
            await asyncio.sleep(ROUND_SECONDS)
            silent = await self._refresh(list(self._streams))
            await asyncio.gather(*(stream.push(b":\n\n") for stream in silent))

    async def _refresh(self, keys: list[str]) -> list[Stream]:
        """Tell these sessions their numbers when they changed, end the streams of those that are over; the others."""
        silent: list[Stream] = []
        for start in range(0, len(keys), ASKED_AT_ONCE):
            some = keys[start : start + ASKED_AT_ONCE]
            try:
                found = await self._counts(some)
            except psycopg.Error:
                return silent
            told = []
            for key in some:
                for stream in list(self._streams.get(key, ())):
                    if key not in found:
                        stream.close()
                    elif found[key][1] != stream.last:
                        stream.last = found[key][1]
                        told.append(stream.push(_event(stream.last)))
                    else:
                        silent.append(stream)
            await asyncio.gather(*told)
        return silent

    async def _counts(self, keys: list[str]) -> dict[str, tuple[int, str]]:
        """By session that is alive: the person, and their numbers as JSON; one statement. Raises psycopg.Error."""
        facts = {"keys": keys, "now": clock.now(), "today": clock.today()}
        async with self._asking:
            for attempt in (1, 2):
                try:
                    connection = await self._connected()
                    rows = await (await connection.execute(self._facts.statement, facts)).fetchall()
                    return {key: (person, counts) for key, person, counts in rows}
                except psycopg.OperationalError:
                    await self._hang_up()
                    if attempt == 2:
                        raise
        return {}

    async def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()

    async def _connected(self) -> psycopg.AsyncConnection[Any]:
        if self._connection is None:
            self._connection = await psycopg.AsyncConnection.connect(
                self._facts.database, autocommit=True, prepare_threshold=0, options="-c jit=off"
            )
        return self._connection


def _event(counts: str) -> bytes:
    return f"data: {counts}\n\n".encode()


def _cookie(scope: Message, name: str) -> str:
    """The session key that a browser sends; empty when there is none."""
    for header, value in scope["headers"]:
        if header == b"cookie":
            try:
                found = SimpleCookie(value.decode("latin-1")).get(name)
            except CookieError:
                return ""
            return found.value if found else ""
    return ""
