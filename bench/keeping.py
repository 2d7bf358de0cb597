"""What every benchmark does at its end: keep what it measured, and say which targets are met."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.report import Verdict
from config.cli import say

RESULTS = Path(__file__).parent / "results"


def place_of(name: str) -> Path:
    """Where the results of a measure are kept today."""
    return RESULTS / f"{datetime.now(UTC):%Y-%m-%d}-{name}.json"


def keep(name: str, facts: dict[str, Any]) -> None:
    """Write the results of a measure, and say where."""
    kept = place_of(name)
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n")
    say(f"Gardé dans {kept.relative_to(RESULTS.parents[1])}")


def judge(verdicts: Iterable[Verdict], *, strict: bool) -> None:
    """Say each target beside what was measured; with `strict`, leave with status 1 when one is missed."""
    judged = list(verdicts)
    say("\nCibles")
    for verdict in judged:
        say(f"  {'oui' if verdict.is_met else 'NON'}  {verdict.target} : {verdict.measured}")
    if strict and not all(verdict.is_met for verdict in judged):
        raise SystemExit(1)
