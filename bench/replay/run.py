"""Run apart, in the environment of one academy: `python -m bench.replay.run ROUNDS SECONDS RESULTS`.

Starts the database and the server, checks that each view answers what it should, measures, writes the facts as JSON.
"""

import json
import os
import re
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django

from bench.data import visitors_of
from bench.replay.load import Request, write_requests
from bench.replay.measure import Pace, Series, Target, measure
from bench.replay.pages import HOME, MEMORY, PAGES, Page, requests_for
from bench.replay.servers import Answer, Server, ask, cores, running
from config.cli import Refused, database, say
from config.state import state_folder
from config.static import build_static
from pupitre.foundation.postgres import process
from pupitre.foundation.postgres.cluster import Cluster

_STYLESHEET = re.compile(rb'<link[^>]+rel="?stylesheet"?[^>]+href="?([^" >]+)|<link[^>]+href="?([^" >]+\.css)"?')


def main(pace: Pace, results: Path) -> None:
    """Measure the academy of this state folder."""
    django.setup()
    # Before the application is loaded, which reads what it names once and for all.
    build_static()
    from bench.replay.inside import statements_of

    visitors = visitors_of(state_folder())
    requests = {page.key: requests_for(page, visitors) for page in PAGES}
    statements = {page.key: statements_of(requests[page.key][0], unchanged=page.unchanged) for page in PAGES}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        server = stack.enter_context(running("config.cli", ["serve", "--workers", str(cores())], dict(os.environ)))
        answers = {page.key: _answers(server, page, requests[page.key]) for page in PAGES}
        home = answers[HOME][-1]
        memory = stack.enter_context(running("bench.replay.memory", [], _memory_environment(folder, home)))
        targets = [_target(page.key, server, folder, requests[page.key], _postmaster()) for page in PAGES]
        targets.append(_target(MEMORY, memory, folder, [Request("/")], None))
        series = measure(targets, pace, say)
        weight = {"html": len(home.body), "css": sum(len(ask(server, path).body) for path in _stylesheets(home))}
    facts = {
        "views": {
            key: _facts(each, statements.get(key), answers[key][-1] if key in answers else home)
            for key, each in series.items()
        },
        "first_view_bytes": weight,
        "visitors": len(visitors),
        "workers": cores(),
    }
    results.write_text(json.dumps(facts))


def _answers(server: Server, page: Page, requests: list[Request]) -> list[Answer]:
    """Ask each request once, and write down the tag the browser would keep. Raises Refused on an unexpected answer."""
    answers = []
    for number, request in enumerate(requests):
        answer = ask(server, request.path, cookie=request.cookie)
        if page.unchanged:
            requests[number] = request = replace(request, tag=answer.headers.get("etag", ""))
            answer = ask(server, request.path, cookie=request.cookie, tag=request.tag)
        if answer.status != page.status:
            raise Refused(f"« {page.label} » ({request.path}) répond {answer.status} au lieu de {page.status}.")
        answers.append(answer)
    return answers


def _target(key: str, server: Server, folder: Path, requests: Sequence[Request], base: int | None) -> Target:
    path = folder / f"{key}.txt"
    write_requests(path, requests)
    return Target(key, server.url, path, server.pid, base)


def _memory_environment(folder: Path, home: Answer) -> dict[str, str]:
    (folder / "page").write_bytes(home.body)
    headers = {name: value for name, value in home.headers.items() if name not in {"date", "server", "connection"}}
    return {**os.environ, "BENCH_PAGE": str(folder / "page"), "BENCH_HEADERS": json.dumps(headers)}


def _stylesheets(home: Answer) -> list[str]:
    from bench.replay.inside import uncompressed

    found = _STYLESHEET.findall(uncompressed(home.body, home.headers.get("content-encoding", "")))
    return [(first or second).decode() for first, second in found]


def _postmaster() -> int:
    pid = process.postmaster(Cluster(state_folder()).data)
    if pid is None:
        raise Refused("la base à mesurer ne tourne pas.")
    return pid


def _facts(series: Series, statements: list[str] | None, answer: Answer) -> dict[str, Any]:
    return {
        "statements": None if statements is None else len(statements),
        "cpu_ms": series.cpu_ms,
        "server_ms": series.server_ms,
        "database_ms": series.database_ms,
        "minstructions": series.instructions,
        "per_second": series.middle(lambda burst: burst.per_second),
        "p50_ms": series.middle(lambda burst: burst.p50),
        "p95_ms": series.middle(lambda burst: burst.p95),
        "p99_ms": series.middle(lambda burst: burst.p99),
        "alone_p50_ms": sorted(burst.p50 for burst in series.alone)[len(series.alone) // 2],
        "requests": sum(burst.requests for burst in series.bursts),
        "errors": sum(burst.errors for burst in series.bursts),
        "bytes": len(answer.body),
        "encoding": answer.headers.get("content-encoding", ""),
    }


if __name__ == "__main__":
    with database():
        main(Pace(rounds=int(sys.argv[1]), seconds=float(sys.argv[2]), warm_up=3), Path(sys.argv[3]))
