"""Where the time of a home page goes: `python -m bench.replay.profile`, in the environment of one academy.

Each page is called some hundreds of times in this process. What the database takes is what was waited for; the rest is
shared out by the profiler, module by module, which makes everything slower but keeps the proportions.
"""

import cProfile
import pstats
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath
from time import perf_counter

import django

from bench.data import visitors_of
from bench.replay.load import Request
from bench.replay.pages import EMPTY, PAGES, requests_for
from config.cli import database, say
from config.state import state_folder
from config.static import build_static

_CALLS, _SHOWN = 400, 8


def main() -> None:
    """Tell, page by page, the milliseconds of a call, those spent waiting for the database, and whose the others are."""
    django.setup()
    build_static()
    visitors = visitors_of(state_folder())
    for page in PAGES:
        if (page.is_judged or page.key == EMPTY) and not page.unchanged:
            say(f"\n{page.label}")
            _tell(requests_for(page, visitors))


def _tell(requests: Sequence[Request]) -> None:
    from bench.replay.inside import call, watching

    for request in requests:
        call(request)
    with watching() as watched:
        started = perf_counter()
        _call_all(requests)
        spent = perf_counter() - started
    say(f"  {1000 * spent / _CALLS:.2f} ms, dont {1000 * watched.seconds / _CALLS:.2f} à attendre la base")
    profiler = cProfile.Profile()
    profiler.runcall(_call_all, requests)
    shares = shares_of(pstats.Stats(profiler))
    for where, share in shares.most_common(_SHOWN):
        say(f"  {100 * share:5.1f} %  {where}")


def _call_all(requests: Sequence[Request]) -> None:
    from bench.replay.inside import call

    for number in range(_CALLS):
        call(requests[number % len(requests)])


def shares_of(stats: pstats.Stats) -> Counter[str]:
    """The share of the time (0–1) spent in each library or room itself, what it calls left out."""
    own: Counter[str] = Counter()
    for (path, _line, name), (_calls, _primitive, seconds, _total, _callers) in stats.stats.items():  # type: ignore[attr-defined]
        own[_where(path, name)] += seconds
    total = sum(own.values()) or 1.0
    return Counter({where: seconds / total for where, seconds in own.items()})


def _where(path: str, name: str) -> str:
    """« pupitre.portal », « django.template », « psycopg »; what has no file is Python’s own."""
    parts = PurePath(path).with_suffix("").parts
    for root, depth in (("site-packages", 2), ("pupitre", 2)):
        if root in parts:
            at = len(parts) - 1 - parts[::-1].index(root) + (root == "site-packages")
            return ".".join(parts[at : at + depth])
    if path.startswith("<") and path != "<string>":
        return "gabarits (Jinja2)" if "template" in path else "Python"
    return "psycopg (C)" if "psycopg" in name else "Python"


if __name__ == "__main__":
    with database():
        main()
