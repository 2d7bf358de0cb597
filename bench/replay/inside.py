"""The application called in this process, where its statements can be counted and its time told apart."""

import gzip
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import brotli
from django.db import connection

from bench.replay.load import Request


@dataclass(slots=True)
class Watched:
    """What went to the database while we watched: the statements, and the seconds spent waiting for them."""

    statements: list[str] = field(default_factory=list)
    seconds: float = 0.0


@contextmanager
def watching() -> Iterator[Watched]:
    """Count what Django sends; `begin` and `commit` are not seen."""
    watched = Watched()

    def execute(run: Any, statement: str, parameters: Any, many: bool, context: Any) -> Any:
        started = perf_counter()
        try:
            return run(statement, parameters, many, context)
        finally:
            watched.seconds += perf_counter() - started
            watched.statements.append(statement)

    with connection.execute_wrapper(execute):
        yield watched


def call(request: Request) -> tuple[int, dict[str, str], bytes]:
    """One view, by the very application that the server serves: status, headers, body."""
    from config.wsgi import application

    answer: dict[str, Any] = {}

    def start_response(status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
        answer["status"], answer["headers"] = int(status[:3]), {name.lower(): value for name, value in headers}

    response = application(_environ(request), start_response)  # type: ignore[arg-type]
    try:
        body = b"".join(response)
    finally:
        response.close()
    return answer["status"], answer["headers"], body


def statements_of(request: Request, *, unchanged: bool = False) -> list[str]:
    """What a view asks of the database once the process is warm."""
    _status, headers, _body = call(request)
    again = Request(request.path, request.cookie, headers.get("etag", "") if unchanged else "")
    call(again)
    with watching() as watched:
        call(again)
    return watched.statements


def _environ(request: Request) -> dict[str, Any]:
    path, _mark, query = request.path.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "HTTP_ACCEPT_LANGUAGE": "fr",
        "HTTP_ACCEPT_ENCODING": "gzip, deflate, br, zstd",
        "HTTP_X_FORWARDED_PROTO": "https",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if request.cookie:
        environ["HTTP_COOKIE"] = request.cookie
    if request.tag:
        environ["HTTP_IF_NONE_MATCH"] = request.tag
    return environ


def uncompressed(body: bytes, encoding: str) -> bytes:
    """The page behind its transfer coding."""
    if encoding == "gzip":
        return gzip.decompress(body)
    if encoding == "br":
        return bytes(brotli.decompress(body))
    return body
