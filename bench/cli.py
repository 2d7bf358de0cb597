"""`pupitre bench`: measure the hot pages; `pupitre bench profile`: where the time of the home page goes."""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import machine
from bench.data import prepare
from bench.keeping import judge, keep
from bench.place import SEED, environment
from bench.replay.load import find_wrk
from bench.report import growth, table, verdicts
from config.cli import Refused, say


def main(arguments: Sequence[str]) -> None:
    """The command. Leaves with status 1 when a target is missed and `--strict` was asked."""
    options = _parser().parse_args(arguments)
    sizes = sorted(set(options.schools or [20]))
    if options.what == "profile":
        _apart("bench.replay.profile", [], prepare(sizes[0], options.seed))
        return
    find_wrk()
    rounds, seconds = (1, 2) if options.quick else (3, 5)
    measured = [_measure(schools, options.seed, rounds, seconds) for schools in sizes]
    judged = [verdict for facts in measured for verdict in verdicts(facts)]
    if len(measured) > 1:
        judged += growth(measured[0], measured[-1])
    judge(judged, strict=options.strict)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("pupitre bench", description="Mesure les pages que tout le monde ouvre.")
    parser.add_argument("what", nargs="?", choices=("pages", "profile"), default="pages", help="ce qu’il faut mesurer")
    parser.add_argument("--schools", type=int, action="append", help="nombre d’établissements (20), répétable")
    parser.add_argument("--seed", type=int, default=SEED, help=f"graine du hasard ({SEED})")
    parser.add_argument("--quick", action="store_true", help="un seul tour, court : pour essayer")
    parser.add_argument("--strict", action="store_true", help="échouer quand une cible n’est pas atteinte")
    return parser


def _measure(schools: int, seed: int, rounds: int, seconds: float) -> dict[str, Any]:
    place = prepare(schools, seed)
    say(f"\n{schools} établissements : {rounds} tours de {seconds} s par page")
    with TemporaryDirectory() as folder:
        results = Path(folder) / "facts.json"
        _apart("bench.replay.run", [str(rounds), str(seconds), str(results)], place)
        facts = {"schools": schools, "seed": seed, "rounds": rounds, "seconds": seconds, "machine": machine.describe()}
        facts |= json.loads(results.read_text())
    say(table(facts))
    keep(f"{schools}schools", facts)
    return facts


def _apart(module: str, arguments: Sequence[str], place: Path) -> None:
    done = subprocess.run([sys.executable, "-m", module, *arguments], env=environment(place), check=False)
    if done.returncode:
        raise Refused(f"« {module} » s’est arrêté ({done.returncode}) : voir ce qu’il a écrit ci-dessus.")
