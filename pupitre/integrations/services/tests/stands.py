"""A stand-in service on this machine, and a student whose password is known: for the tests of each protocol."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from pupitre.accounts.tests.conftest import PASSWORD
from tests.cast import Cast


@pytest.fixture
def ines(cast: Cast) -> Client:
    """Inès, signed in, whose password is known."""
    user = cast.people["eleve"].user
    assert user is not None
    user.set_password(PASSWORD)
    user.save()
    return cast.sign_in(Client(), "eleve")


class Heard(list[tuple[str, str, dict[str, str]]]):
    """What a stand-in service heard: (method, path, fields). It answers `status`."""

    url = ""
    status = 200


@pytest.fixture
def service() -> Iterator[Heard]:
    """A service on this machine, which hears what our server sends it."""
    heard = Heard()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            self._hear(parts.path, dict(parse_qsl(parts.query)))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self._hear(self.path, dict(parse_qsl(body)))

        def _hear(self, path: str, fields: dict[str, str]) -> None:
            heard.append((self.command, path, fields))
            self.send_response(heard.status)
            self.send_header("Content-Length", "0")
            self.send_header("Location", f"{heard.url}/ailleurs")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    heard.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield heard
    server.shutdown()
    server.server_close()
