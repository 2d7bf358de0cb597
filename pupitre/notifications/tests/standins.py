"""The world outside, on this machine: a mail server, and the push service of a browser with the browser itself."""

import base64
import json
import secrets
import socket
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

import http_ece
from aiosmtpd.controller import Controller
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02


class MailServer:
    """Accepts mail and keeps it; `answers` gives by address another answer than « 250 »."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port: int = probe.getsockname()[1]
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        message: Any = message_from_bytes(envelope.content, policy=policy.default)
        self.received.append(message)
        return "250 OK"

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._controller.stop()

    @property
    def subjects(self) -> list[str]:
        return [str(message["Subject"]) for message in self.received]


class Browser:
    """One browser: its keys, and what it has shown."""

    def __init__(self, origin: str) -> None:
        self.name = secrets.token_urlsafe(8)
        self.endpoint = f"{origin}/send/{self.name}"
        self.shown: list[dict[str, Any]] = []
        self.status = 201
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._auth = secrets.token_bytes(16)

    @property
    def p256dh(self) -> str:
        point = self._key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return base64.urlsafe_b64encode(point).rstrip(b"=").decode()

    @property
    def auth(self) -> str:
        return base64.urlsafe_b64encode(self._auth).rstrip(b"=").decode()

    def receive(self, body: bytes) -> None:
        text = http_ece.decrypt(body, private_key=self._key, auth_secret=self._auth, version="aes128gcm")
        self.shown.append(json.loads(text))


class PushService:
    """Checks the signature of what it is given, and hands it to its browser, who alone can read it."""

    def __init__(self) -> None:
        self.browsers: dict[str, Browser] = {}
        self.headers: list[Any] = []
        self.refused: list[str] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(service.accept(self.path, self.headers, body))
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_address[1]}"

    def browser(self) -> Browser:
        """A new browser of this service."""
        made = Browser(self.origin)
        self.browsers[f"/send/{made.name}"] = made
        return made

    def accept(self, path: str, headers: Any, body: bytes) -> int:
        browser = self.browsers[path]
        if not Vapid02.verify(headers["Authorization"]):
            self.refused.append(path)
            return 403
        if browser.status == 201:
            self.headers.append(headers)
            browser.receive(body)
        return browser.status

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._server.shutdown()
        self._server.server_close()
