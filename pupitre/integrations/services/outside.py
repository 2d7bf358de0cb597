"""Calling a service from the server: registered addresses only, never a private network, nothing followed, soon over."""

import ipaddress
import socket
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

import urllib3
from django.conf import settings
from urllib3.exceptions import ConnectTimeoutError, HTTPError, MaxRetryError, NewConnectionError, ReadTimeoutError
from urllib3.exceptions import SSLError as CertificateError

from pupitre.integrations.services.addresses import Address, is_trusted

_LARGEST = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service answered; `body` holds two megabytes at most."""

    status: int
    body: bytes


class Unreachable(Exception):
    """No answer; `code` says why: unknown_host, private_host, refused, timeout, certificate, too_large."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def call(
    address: Address,
    *,
    method: str = "GET",
    fields: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    seconds: float = 5,
    identity: tuple[str, str] | None = None,
) -> Answer:
    """Call a service and read its answer, whatever its status. Raises Unreachable.

    `identity`: the files of a certificate and of its key (PEM), when the service asks for who calls it.

    The name is resolved once and that very number is called, so that a name cannot change between check and call.
    """
    until = time.monotonic() + seconds
    number = _number_of(address)
    target = address.path + (f"?{address.query}" if address.query else "")
    sent = {"Host": _host_header(address), "User-Agent": "Pupitre", "Accept-Encoding": "identity", **(headers or {})}
    body = urlencode(fields).encode() if fields is not None else None
    if body is not None:
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    timeout = urllib3.Timeout(connect=min(2.0, seconds), read=seconds)
    with _pool(address, number, timeout, identity) as pool, _Deadline(until) as deadline:
        deadline.watch(pool)
        try:
            response = pool.urlopen(
                method, target, body=body, headers=sent, redirect=False, retries=False, preload_content=False
            )
            answer = Answer(response.status, _read(response, until))
        except (HTTPError, OSError) as error:
            raise Unreachable("timeout" if deadline.is_over else _why(error)) from None
        # A line that was cut amid its headers looks like a short answer.
        if deadline.is_over:
            raise Unreachable("timeout")
        return answer


class _Deadline:
    """Cuts the line when the time is over: whoever drips a handshake or headers, byte by byte, holds nobody."""

    def __init__(self, until: float) -> None:
        self._twin: socket.socket | None = None
        self._timer = threading.Timer(max(until - time.monotonic(), 0), self._cut)
        self._timer.daemon = True
        self.is_over = False

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()
        # Never closed while it is being cut: its number would be another line's.
        self._timer.join()
        if self._twin is not None:
            self._twin.close()

    def watch(self, pool: Any) -> None:
        """Hold the line that the pool will open by a second handle, which TLS does not take away."""
        deadline, kind = self, pool.ConnectionCls

        class Line(kind):  # type: ignore[misc, valid-type]
            def _new_conn(self) -> socket.socket:
                line: socket.socket = super()._new_conn()
                deadline._twin = line.dup()
                if deadline.is_over:
                    deadline._cut()
                return line

        pool.ConnectionCls = Line

    def _cut(self) -> None:
        self.is_over = True
        if self._twin is not None:
            with suppress(OSError):
                self._twin.shutdown(socket.SHUT_RDWR)


def _number_of(address: Address) -> str:
    return number_of_host(address.host, address.port)


def number_of_host(host: str, port: int) -> str:
    """The first number of a host, when none of its numbers is of a private network; the one to call. Raises Unreachable."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable("unknown_host") from None
    numbers = [str(each[4][0]) for each in found]
    if not is_trusted(host, port) and not all(_is_public(number) for number in numbers):
        raise Unreachable("private_host")
    return numbers[0]


def _is_public(number: str) -> bool:
    ip = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        # The same private address, in another dress.
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None and not inner.is_global:
            return False
    return ip.is_global and not ip.is_multicast


def _pool(address: Address, number: str, timeout: urllib3.Timeout, identity: tuple[str, str] | None) -> Any:
    if address.origin.startswith("http://"):
        return urllib3.HTTPConnectionPool(number, address.port, timeout=timeout)
    return urllib3.HTTPSConnectionPool(
        number,
        address.port,
        timeout=timeout,
        server_hostname=address.host,
        assert_hostname=address.host,
        cert_reqs="CERT_REQUIRED",
        ca_certs=settings.OUTSIDE_AUTHORITIES or None,
        cert_file=identity[0] if identity else None,
        key_file=identity[1] if identity else None,
    )


def _host_header(address: Address) -> str:
    return address.origin.partition("://")[2]


def _read(response: Any, until: float) -> bytes:
    """The body, as long as there is time: a service that drips holds nobody."""
    body = b""
    while chunk := response.read1(65536):
        body += chunk
        if len(body) > _LARGEST:
            raise Unreachable("too_large")
        if time.monotonic() > until:
            raise Unreachable("timeout")
    return body


def _why(error: Exception) -> str:
    if isinstance(error, MaxRetryError) and error.reason is not None:
        error = error.reason
    if isinstance(error, CertificateError):
        return "certificate"
    if isinstance(error, ConnectTimeoutError | ReadTimeoutError | TimeoutError) and not isinstance(
        error, NewConnectionError
    ):
        return "timeout"
    return "refused"
