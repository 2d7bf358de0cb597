"""The measures as a table, judged by the targets of docs/performance.md."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bench.replay.pages import EMPTY, EMPTY_ANONYMOUS, HOME, MEMORY, PAGES, UNCHANGED

MOST_STATEMENTS = 6
MOST_TIMES_EMPTY = 8.0
# A grid of 35 students and 20 assessments is a page of 700 cells.
TIMES_EMPTY_ALLOWED = {"grid": 25.0}
MOST_TIMES_EMPTY_UNCHANGED = 1.5
MOST_FIRST_VIEW_BYTES = 30_000
MOST_GROWTH = 1.15

_LABELS = {page.key: page.label for page in PAGES} | {MEMORY: "Mêmes octets, de la mémoire"}
_JUDGED = {page.key for page in PAGES if page.is_judged}
_HEAD = ("", "SQL", "CPU ms", "dont base", "× vide", "× mémoire", "pages/s", "p50", "p95", "p99", "seul", "octets")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One target: what it is, what was measured, whether it is met."""

    target: str
    measured: str
    is_met: bool


def table(facts: dict[str, Any]) -> str:
    """One line a kind of view. Times in milliseconds; « seul » is the p50 of a visitor alone."""
    views = facts["views"]
    rows = [_HEAD, *(_row(key, view, views) for key, view in views.items())]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) if not at else cell.rjust(width) for at, (cell, width) in enumerate(line))
        for line in (list(zip(row, widths, strict=True)) for row in rows)
    )


def _row(key: str, view: dict[str, Any], views: dict[str, Any]) -> tuple[str, ...]:
    base = sorted(view["database_ms"])[len(view["database_ms"]) // 2]
    return (
        _LABELS[key],
        "" if view["statements"] is None else str(view["statements"]),
        f"{view['cpu_ms']:.2f}",
        f"{base:.2f}",
        f"{times_empty(views, key):.1f}",
        f"{view['cpu_ms'] / views[MEMORY]['cpu_ms']:.0f}",
        f"{view['per_second']:.0f}",
        *(f"{view[name]:.1f}" for name in ("p50_ms", "p95_ms", "p99_ms", "alone_p50_ms")),
        str(view["bytes"]) + (f" ({view['encoding']})" if view["encoding"] else ""),
    )


def times_empty(views: dict[str, Any], key: str, empty: str = EMPTY) -> float:
    """How many empty views of the same visitor a view is worth, in processor time."""
    return float(views[key]["cpu_ms"] / views[empty]["cpu_ms"])


def verdicts(facts: dict[str, Any]) -> Iterator[Verdict]:
    """The targets of one academy."""
    views = facts["views"]
    judged = [key for key in views if key in _JUDGED]
    most = max(judged, key=lambda key: int(views[key]["statements"]))
    count = views[most]["statements"]
    yield Verdict(f"au plus {MOST_STATEMENTS} requêtes SQL", f"{count} ({_LABELS[most]})", count <= MOST_STATEMENTS)
    usual = [key for key in judged if key not in TIMES_EMPTY_ALLOWED]
    heavy = max(usual, key=lambda key: float(views[key]["cpu_ms"]))
    for key in dict.fromkeys((HOME, heavy, *(key for key in judged if key in TIMES_EMPTY_ALLOWED))):
        ratio, allowed = times_empty(views, key), TIMES_EMPTY_ALLOWED.get(key, MOST_TIMES_EMPTY)
        yield Verdict(
            f"au plus {allowed:.0f} × la vue vide",
            f"{ratio:.1f} ({_LABELS[key]} ; {times_empty(views, key, EMPTY_ANONYMOUS):.1f} × sans visiteur)",
            ratio <= allowed,
        )
    ratio = times_empty(views, UNCHANGED)
    yield Verdict(
        f"304 : au plus {MOST_TIMES_EMPTY_UNCHANGED} × la vue vide".replace(".", ","),
        f"{ratio:.2f} ({times_empty(views, UNCHANGED, EMPTY_ANONYMOUS):.1f} × sans visiteur)",
        ratio <= MOST_TIMES_EMPTY_UNCHANGED,
    )
    weight = facts["first_view_bytes"]
    total = weight["html"] + weight["css"]
    yield Verdict(
        f"première vue : au plus {MOST_FIRST_VIEW_BYTES // 1000} ko de HTML et CSS",
        f"{total / 1000:.1f} ko ({weight['html']} + {weight['css']} octets)",
        total <= MOST_FIRST_VIEW_BYTES,
    )
    errors = sum(view["errors"] for view in views.values())
    yield Verdict("aucune erreur", str(errors), errors == 0)


def growth(small: dict[str, Any], large: dict[str, Any]) -> Iterator[Verdict]:
    """Whether a view costs the same in a large academy as in a small one."""
    for key in (HOME, "home-guardian", "home-teacher", "inbox", "week", "search"):
        ratio = large["views"][key]["cpu_ms"] / small["views"][key]["cpu_ms"]
        yield Verdict(
            f"{small['schools']} → {large['schools']} établissements : au plus × {MOST_GROWTH}".replace(".", ","),
            f"{ratio:.2f} ({_LABELS[key]})",
            ratio <= MOST_GROWTH,
        )
