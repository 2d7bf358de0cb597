"""The server calls registered addresses, never a private network, and follows nothing."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import urlsplit

import pytest

from pupitre.integrations.services.addresses import WrongAddress, parse_address
from pupitre.integrations.services.outside import Unreachable, _is_public, call, number_of_host


class Stand(BaseHTTPRequestHandler):
    """Answers its path; « /ailleurs » sends elsewhere, « /longue » too much."""

    def do_GET(self) -> None:
        self.send_response(302 if self.path == "/ailleurs" else 200)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()
        self.wfile.write(b"x" * (3 << 20) if self.path == "/longue" else f"{self.headers['Host']} {self.path}".encode())

    def log_message(self, *_args: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def stand() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Stand)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def trusted(settings) -> None:
    settings.OUTSIDE_TRUSTED_HOSTS = ["127.0.0.1", "localhost"]


@pytest.mark.parametrize(
    ("number", "is_public"),
    [
        *(("8.8.8.8", True), ("2606:4700::1111", True), ("127.0.0.1", False), ("10.1.2.3", False)),
        *(("169.254.169.254", False), ("192.168.1.1", False), ("0.0.0.0", False), ("224.0.0.1", False)),  # noqa: S104
        *(("::1", False), ("fe80::1%eth0", False), ("fd00::1", False), ("::ffff:127.0.0.1", False)),
        *(("2002:7f00:1::", False), ("100.64.0.1", False)),
    ],
)
def test_private_networks_are_known_in_every_dress(number, is_public):
    assert _is_public(number) is is_public


def test_a_host_of_a_private_network_is_not_called_unless_named(stand, settings, monkeypatch):
    address = parse_address("https://interne.exemple.example/")
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: [(2, 1, 6, "", ("10.0.0.5", 443))])
    with pytest.raises(Unreachable, match="private_host"):
        call(address)


def test_an_answer_is_read_and_nothing_is_followed(stand, trusted):
    assert call(parse_address(f"{stand}/a?b=1")).body.endswith(b"/a?b=1")
    assert call(parse_address(f"{stand}/ailleurs")).status == 302


def test_a_host_named_with_its_port_is_called_at_no_other(stand, settings):
    named = urlsplit(stand)
    settings.OUTSIDE_TRUSTED_HOSTS = [named.netloc, "[::1]:8000"]
    assert call(parse_address(stand)).status == 200
    assert parse_address("http://[::1]:8000/").port == 8000
    for other in ("http://127.0.0.1:22/", "http://127.0.0.1/", f"http://localhost:{named.port}/", "http://[::1]/"):
        with pytest.raises(WrongAddress):
            parse_address(other)
    # A file transfer has a host and a port, without an address.
    assert number_of_host("127.0.0.1", named.port or 0) == "127.0.0.1"
    with pytest.raises(Unreachable, match="private_host"):
        number_of_host("127.0.0.1", 22)


def test_what_goes_wrong_is_said_by_a_code(stand, trusted):
    with pytest.raises(Unreachable, match="too_large"):
        call(parse_address(f"{stand}/longue"))
    with pytest.raises(Unreachable, match="refused"):
        call(parse_address("http://127.0.0.1:1/"))
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(Unreachable, match="timeout"):
        call(parse_address(f"http://127.0.0.1:{silent.getsockname()[1]}/"), seconds=0.2)
    with pytest.raises(Unreachable, match="certificate"):
        call(parse_address(stand.replace("http:", "https:") + "/"))


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_service_that_drips_holds_nobody(trusted, scheme):
    """Byte by byte, each before the wait for a byte is over: headers without end, or a handshake without end."""

    def drip(server: socket.socket) -> None:
        line, _from = server.accept()
        with line, contextlib.suppress(OSError):
            # A record of a TLS handshake, of sixteen thousand bytes; or a first line, then a header.
            line.sendall(b"\x16\x03\x03\x40\x00" if scheme == "https" else b"HTTP/1.1 200 OK\r\nX-Lent: ")
            for _n in range(100):
                line.sendall(b"a")
                time.sleep(0.05)

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=drip, args=[server], daemon=True).start()
        began = time.monotonic()
        with pytest.raises(Unreachable, match="timeout"):
            call(parse_address(f"{scheme}://127.0.0.1:{server.getsockname()[1]}/"), seconds=0.5)
        assert time.monotonic() - began < 3
