"""A bench in steps: each in a process of its own, so that its peak of memory is its own, on a database made for it."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.place import environment
from config.cli import Refused, say
from config.state import state_folder
from pupitre.foundation.postgres.cluster import Cluster


def fresh_place(name: str) -> Path:
    """The state folder of a bench, with an empty database: nobody must be known yet, not even from another school."""
    place = state_folder() / "bench" / name
    cluster = Cluster(place)
    if cluster.data.exists():
        cluster.wipe()
    run("config.cli", ["migrate", "--verbosity=0"], place, as_owner=True)
    return place


def steps_measured(module: str, steps: Sequence[str], size: int, name: str) -> dict[str, Any]:
    """The facts of each step, which `module` writes as JSON: `python -m module STEP SIZE FILE`."""
    place = fresh_place(name)
    facts = {}
    for step in steps:
        told = place / f"{step}.json"
        run(module, [step, str(size), str(told)], place)
        facts[step] = json.loads(told.read_text())
        say(f"  {step} : {facts[step]}")
    return facts


def run(module: str, arguments: Sequence[str], place: Path, *, as_owner: bool = False) -> None:
    """Run a module over the database of a bench. Raises Refused when it fails: what it wrote is on the screen."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, env=environment(place, as_owner=as_owner), check=False)
    if done.returncode:
        raise Refused(f"« {module} » s’est arrêté ({done.returncode}) : voir ce qu’il a écrit ci-dessus.")
