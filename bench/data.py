"""`pupitre bench-data`: an academy in a database of its own, kept for the next benchmark."""

import argparse
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bench.academy.build import MOST_SCHOOLS
from bench.academy.model import Visitor
from bench.place import SEED, environment, place_of, shape
from config.cli import Refused, say
from pupitre.foundation.postgres.cluster import Cluster

_VISITORS, _MARK = "visitors.json", "built"


def main(arguments: Sequence[str]) -> None:
    """The command: prepare each academy asked for."""
    parser = argparse.ArgumentParser("pupitre bench-data", description="Prépare une académie inventée à mesurer.")
    parser.add_argument("--schools", type=int, action="append", help="nombre d’établissements (20), répétable")
    parser.add_argument("--seed", type=int, default=SEED, help=f"graine du hasard ({SEED})")
    options = parser.parse_args(arguments)
    for schools in options.schools or [20]:
        say(f"{schools} établissements : {prepare(schools, options.seed)}")


def prepare(schools: int, seed: int = SEED) -> Path:
    """Build the academy of that size, unless it is there already; its state folder. Raises Refused."""
    if not 0 < schools < MOST_SCHOOLS:
        raise Refused(f"une académie compte de 1 à {MOST_SCHOOLS - 1} établissements. Donnez un autre nombre.")
    place = place_of(schools, seed)
    mark = place / _MARK
    if mark.exists() and mark.read_text() == shape():
        return place
    _erase(place)
    say(f"Une académie de {schools} établissements se prépare…")
    _run("config.cli", ["migrate", "--verbosity=0"], place)
    _run("bench.fill", [str(schools), str(seed)], place)
    mark.write_text(shape())
    return place


def keep_visitors(place: Path, visitors: Sequence[Visitor]) -> None:
    """Write down whose sessions are open."""
    (place / _VISITORS).write_text(json.dumps([asdict(visitor) for visitor in visitors]))


def visitors_of(place: Path) -> list[Visitor]:
    """Those whose sessions are open in a prepared academy."""
    return [Visitor(**facts) for facts in json.loads((place / _VISITORS).read_text())]


def _erase(place: Path) -> None:
    cluster = Cluster(place)
    if cluster.data.exists():
        cluster.wipe()
    shutil.rmtree(place, ignore_errors=True)


def _run(module: str, arguments: Sequence[str], place: Path) -> None:
    """Run one of our programs as the owner of the academy's database."""
    started = time.monotonic()
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, env=environment(place, as_owner=True), check=False)
    if done.returncode:
        raise Refused(f"« {module} » s’est arrêté ({done.returncode}) : voir ce qu’il a écrit ci-dessus.")
    say(f"  {module} : {time.monotonic() - started:.0f} s")
