"""The application behind a port, on the connection of the test: what a test writes, its pages read; all is rolled back."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Condition, Lock, Thread, get_ident
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections, transaction

Start = Any


class QuietHandler(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, format: str, *args: Any) -> None:
        """Failures are seen by the browser."""


class Server(ThreadedWSGIServer):
    """A thread a connection, as browsers want; never closes the connection to the database, which is the test's."""

    daemon_threads = True

    def _close_connections(self) -> None:
        """See the class."""


class OneAtATime:
    """The application, answering one request at a time: they share one connection and its transaction."""

    def __init__(self) -> None:
        self.application = get_wsgi_application()
        self.lock = Lock()
        self.turns = Condition()
        self.asked = 0

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        with self.turns:
            self.asked += 1
        try:
            with self.lock:
                return self.application(environ, start_response)
        finally:
            with self.turns:
                self.asked -= 1
                self.turns.notify_all()

    def rest(self) -> None:
        """Wait until nothing asked is left: a transaction rolled back under a request breaks the connection for all tests."""
        with self.turns:
            self.turns.wait_for(lambda: not self.asked, timeout=10)


@contextmanager
def after_pages(house: OneAtATime) -> Iterator[None]:
    """Let every transaction that the test opens begin when nothing asked is left.

    A page and the test share one connection: what one says of the school that is open, the other would believe.
    """
    test, enter = get_ident(), transaction.Atomic.__enter__

    def enter_after(atomic: transaction.Atomic) -> None:
        if get_ident() == test:
            house.rest()
        enter(atomic)

    transaction.Atomic.__enter__ = enter_after  # type: ignore[method-assign]
    try:
        yield
    finally:
        transaction.Atomic.__enter__ = enter  # type: ignore[method-assign]


@contextmanager
def serving() -> Iterator[tuple[str, OneAtATime]]:
    """Serve until the end of the block; the address of the house, without its last slash, and who answers there."""
    connection = connections["default"]
    server = Server(("127.0.0.1", 0), QuietHandler, connections_override={"default": connection})
    house = OneAtATime()
    server.set_app(house)
    connection.inc_thread_sharing()
    # A request that arrives between two tests, outside their transactions, must not close what they share.
    before = vars(connection).get("close_if_unusable_or_obsolete")
    connection.close_if_unusable_or_obsolete = lambda: None  # type: ignore[method-assign]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}", house
    finally:
        server.shutdown()
        server.server_close()
        connection.dec_thread_sharing()
        # Another server may still be there.
        if before is None:
            del connection.close_if_unusable_or_obsolete
