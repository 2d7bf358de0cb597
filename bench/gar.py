"""`pupitre bench-gar`: the five documents of the GAR for large schools, from the database to the archive, in a database of its own.

Schools of a thousand students with their timetable; time and memory must not grow with the number of schools held at once.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import machine
from bench.keeping import judge, keep
from bench.place import environment
from bench.report import Verdict
from config.cli import Refused, database, say
from config.state import state_folder
from pupitre.foundation.postgres.cluster import Cluster

MOST_SECONDS, MOST_MEGABYTES, _DIVISIONS = 5.0, 300, 40


def main(arguments: Sequence[str]) -> None:
    """The command. Leaves with status 1 when a target is missed and `--strict` was asked."""
    parser = argparse.ArgumentParser("pupitre bench-gar", description="Mesure les fichiers du GAR.")
    parser.add_argument("--schools", type=int, default=1, help="nombre d’établissements de 1 000 élèves (1)")
    parser.add_argument("--strict", action="store_true", help="échouer quand une cible n’est pas atteinte")
    options = parser.parse_args(arguments)
    place = state_folder() / "bench" / f"gar-{options.schools}"
    cluster = Cluster(place)
    if cluster.data.exists():
        cluster.wipe()
    for module, words, as_owner in (
        ("config.cli", ["migrate", "--verbosity=0"], True),
        ("bench.gar", ["fill", str(options.schools)], True),
        ("bench.gar", ["measure", str(options.schools)], False),
    ):
        command = [sys.executable, "-m", module, *words]
        done = subprocess.run(command, env=environment(place, as_owner=as_owner), check=False)
        if done.returncode:
            raise Refused(f"« {module} » s’est arrêté ({done.returncode}) : voir ce qu’il a écrit ci-dessus.")
    facts = {"machine": machine.describe(), **json.loads((place / "gar.json").read_text())}
    keep(f"gar-{options.schools}", facts)
    a_school, memory = facts["seconds"] / options.schools, facts["memory_mb"]
    judge(
        (
            Verdict(f"au plus {MOST_SECONDS:.0f} s", f"{a_school:.2f} s".replace(".", ","), a_school <= MOST_SECONDS),
            Verdict(f"au plus {MOST_MEGABYTES} Mo", f"{memory} Mo", memory <= MOST_MEGABYTES),
        ),
        strict=options.strict,
    )


def _fill(schools: int) -> None:
    import psycopg
    from django.conf import settings

    from bench.academy.build import build_academy

    with psycopg.connect(settings.OWNER_URL, autocommit=True) as connection:
        build_academy(connection, schools=schools, seed=1, tell=lambda _done: None, divisions=(_DIVISIONS,))
        connection.execute("vacuum (freeze, analyze)")


def _measure() -> dict[str, Any]:
    from pupitre.establishments.models import Establishment
    from pupitre.integrations.gar.packing import pack
    from pupitre.integrations.gar.services.making import make

    schools = list(Establishment.objects.all())
    with tempfile.TemporaryDirectory() as folder:
        started, worked = time.monotonic(), time.process_time()
        made = make(schools, "BENCH", Path(folder))
        files = [path for paths in made.files.values() for path in paths]
        package = pack(Path(folder), "BENCH", files)
        spent, processor = time.monotonic() - started, time.process_time() - worked
    facts = {
        "schools": len(schools), "students": sum(told.students for told in made.told), "files": len(files),
        "nodes": sum(made.counts.values()), "archive_bytes": package.size, "seconds": round(spent, 2),
        "processor_s": round(processor, 2), "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip
    say(", ".join(f"{name} {value}" for name, value in facts.items()))
    return facts


def _step(name: str, schools: int) -> None:
    """Run apart: what is done in the database of the benchmark."""
    import django

    django.setup()
    if name == "fill":
        _fill(schools)
    else:
        (state_folder() / "gar.json").write_text(json.dumps(_measure()))


if __name__ == "__main__":
    with database():
        _step(sys.argv[1], int(sys.argv[2]))
