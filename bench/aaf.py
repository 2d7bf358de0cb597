"""`pupitre bench-aaf`: how long the directory of a whole academy takes: the first complete, its application, a complete of
the next night in which little changed, and a delta.

Each step runs in a process of its own, so that its peak of memory is its own, on a database made for it.
"""

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bench import machine
from bench.directory import Academy
from bench.keeping import judge, keep
from bench.report import Verdict as Judged
from bench.steps import steps_measured
from config.cli import Refused, database
from config.state import state_folder

MOST_COMPLETE_SECONDS, MOST_MB, MOST_DELTA_SECONDS = 300.0, 500.0, 10.0
DELTA, NIGHT = 3_000, 3_000
STEPS = ("write", "complete", "apply", "night", "delta")


def main(arguments: Sequence[str]) -> None:
    """The command. Leaves with status 1 when a target is missed and `--strict` was asked."""
    parser = argparse.ArgumentParser("pupitre bench-aaf", description="Mesure l’annuaire d’une académie entière.")
    parser.add_argument("--people", type=int, default=300_000, help="nombre de personnes (300 000)")
    parser.add_argument("--strict", action="store_true", help="échouer quand une cible n’est pas atteinte")
    options = parser.parse_args(arguments)
    if not 2_500 <= options.people <= 2_000_000:
        raise Refused("une académie compte ici de 2 500 à 2 000 000 personnes. Donnez un autre nombre.")
    facts: dict[str, Any] = {"people": options.people, "machine": machine.describe()}
    facts |= steps_measured("bench.aaf", STEPS, options.people, f"aaf-{options.people}")
    keep(f"aaf-{options.people}", facts)
    judge(verdicts(facts), strict=options.strict)


def verdicts(facts: dict[str, Any]) -> Iterator[Judged]:
    """The targets, with what was measured."""
    for what, measured, most, unit in (
        ("archive complète lue et comparée", facts["complete"]["seconds"], MOST_COMPLETE_SECONDS, "s"),
        ("… mémoire", facts["complete"]["peak_mb"], MOST_MB, "Mo"),
        ("delta lu et comparé", facts["delta"]["seconds"], MOST_DELTA_SECONDS, "s"),
        ("… mémoire", facts["delta"]["peak_mb"], MOST_MB, "Mo"),
    ):
        yield Judged(
            f"{what} : au plus {most:.0f} {unit}", f"{measured:.1f} {unit}".replace(".", ","), measured <= most
        )


def _write(people: int) -> dict[str, Any]:
    academy, place = Academy(people), state_folder()
    return {
        "schools": academy.schools,
        "bytes": academy.write_complete(place / "complete.tgz", day="23/11/2026"),
        "night_bytes": academy.write_complete(place / "night.tgz", day="24/11/2026", changed=min(NIGHT, people // 10)),
        "delta_bytes": academy.write_delta(place / "delta.tgz", day="24/11/2026", changes=min(DELTA, people // 10)),
    }


def _archive(name: str, *, apply: bool) -> dict[str, Any]:
    from django.db.models import Count, Sum

    from pupitre.integrations.aaf.services.gesture import import_archive

    marks: list[tuple[float, str]] = []
    started = time.monotonic()
    batch = import_archive(
        state_folder() / name, apply=apply, confirmed=apply, may_open=True,
        tell=lambda line: marks.append((time.monotonic(), line)),
    )  # fmt: skip
    if batch.state == "rejected":
        raise Refused(f"l’archive est refusée : {batch.why}")
    compared = next((at for at, line in marks if line.startswith("Comparaison 1/")), started)
    states = {each["state"]: each["n"] for each in batch.parts.values("state").annotate(n=Count("pk"))}
    told = batch.parts.aggregate(differences=Sum("differences"))
    return {"read_seconds": round(compared - started, 2), "counts": batch.counts, "schools": states, **told}


def measured(name: str, people: int) -> dict[str, Any]:
    """One step on the database that is open, and what it took."""
    steps: dict[str, Callable[[], dict[str, Any]]] = {
        "write": lambda: _write(people),
        "complete": lambda: _archive("complete.tgz", apply=False),
        "apply": lambda: _archive("complete.tgz", apply=True),
        "night": lambda: _archive("night.tgz", apply=True),
        "delta": lambda: _archive("delta.tgz", apply=False),
    }
    started, busy = time.monotonic(), time.process_time()
    facts = steps[name]()
    took = {"seconds": round(time.monotonic() - started, 2), "cpu_seconds": round(time.process_time() - busy, 2)}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {**took, "peak_mb": round(peak, 1), "load": round(os.getloadavg()[0], 1), **facts}


def _step(name: str, people: int, told: Path) -> None:
    """Run apart: one step, what it took, written as JSON."""
    import django

    django.setup()
    told.write_text(json.dumps(measured(name, people)))


if __name__ == "__main__":
    with database():
        _step(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
