"""Run apart: what the page of a full mailbox costs beside an empty view of the same visitor.

`python -m bench.messages.box ROUNDS SECONDS RESULTS`.
"""

import json
import os
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django

from bench.data import visitors_of
from bench.replay.load import write_requests
from bench.replay.measure import Pace, Series, Target, measure
from bench.replay.pages import EMPTY, Page, requests_for
from bench.replay.servers import ask, cores, running
from config.cli import Refused, database, say
from config.state import state_folder
from config.static import build_static
from pupitre.directory.profiles import Profile
from pupitre.foundation.postgres import process
from pupitre.foundation.postgres.cluster import Cluster

FULL, USUAL = "full", "usual"
PAGES = {
    FULL: Page(FULL, "Réception pleine", Profile.TEACHER, "/messages/"),
    USUAL: Page(USUAL, "Réception ordinaire", Profile.TEACHER, "/messages/"),
    "unread": Page("unread", "Réception pleine, non lus", Profile.TEACHER, "/messages/?filtre=non-lus"),
    "search": Page("search", "Réception pleine, recherche", Profile.TEACHER, "/messages/recherche/?q=lettre+4242"),
    EMPTY: Page(EMPTY, "Vue vide, même visiteur", Profile.TEACHER, "/bench/empty/"),
}


def main(pace: Pace, results: Path) -> None:
    """Measure the school of this state folder."""
    django.setup()
    build_static()
    from bench.replay.inside import statements_of

    teachers = [visitor for visitor in visitors_of(state_folder()) if visitor.role == Profile.TEACHER]
    requests = {
        # The first teacher has the full mailbox.
        key: requests_for(page, teachers[1:] if key == USUAL else teachers[:1])
        for key, page in PAGES.items()
    }
    statements = {key: len(statements_of(each[0])) for key, each in requests.items()}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        server = stack.enter_context(running("config.cli", ["serve", "--workers", str(cores())], dict(os.environ)))
        base = process.postmaster(Cluster(state_folder()).data)
        targets = []
        for key, each in requests.items():
            answer = ask(server, each[0].path, cookie=each[0].cookie)
            if answer.status != 200:
                raise Refused(f"« {PAGES[key].label} » répond {answer.status} au lieu de 200.")
            write_requests(folder / key, [replace(one) for one in each])
            targets.append(Target(key, server.url, folder / key, server.pid, base))
        series = measure(targets, pace, say)
    results.write_text(json.dumps({key: _facts(each, statements[key]) for key, each in series.items()}))


def _facts(series: Series, statements: int) -> dict[str, Any]:
    return {
        "statements": statements,
        "cpu_ms": series.cpu_ms,
        "database_ms": sorted(series.database_ms)[len(series.database_ms) // 2],
        "p50_ms": series.middle(lambda burst: burst.p50),
        "p95_ms": series.middle(lambda burst: burst.p95),
        "errors": sum(burst.errors for burst in series.bursts),
    }


if __name__ == "__main__":
    with database():
        main(Pace(rounds=int(sys.argv[1]), seconds=float(sys.argv[2]), warm_up=2), Path(sys.argv[3]))
