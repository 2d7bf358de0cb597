"""The servers under measure, started as in production and stopped at the end."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from config.cli import Refused

HOST = "127.0.0.1"
_SECONDS_TO_START = 90
_SECONDS_TO_STOP = 20


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers: its port, and the process that started its workers."""

    port: int
    pid: int

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request got."""

    status: int
    headers: dict[str, str]
    body: bytes


@contextmanager
def running(module: str, arguments: Sequence[str], environment: dict[str, str]) -> Iterator[Server]:
    """One of our servers (`python -m module … --port N`), ready inside. Raises Refused."""
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments, "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait(port, process)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def ask(server: Server, path: str, *, cookie: str = "", tag: str = "") -> Answer:
    """One request as a browser behind the proxy makes it; redirections are not followed."""
    headers = {"Host": "localhost", "X-Forwarded-Proto": "https", "Accept-Encoding": "gzip, deflate, br, zstd"}
    headers["Accept-Language"] = "fr"
    if cookie:
        headers["Cookie"] = cookie
    if tag:
        headers["If-None-Match"] = tag
    connection = http.client.HTTPConnection(HOST, server.port, timeout=30)
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
    finally:
        connection.close()


def cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    raise Refused("le serveur à mesurer ne répond pas : voir ce qu’il a écrit ci-dessus.")
