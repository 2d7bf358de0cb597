"""`pupitre bench-import`: how long the files of one huge school take to be analysed, applied, and analysed again; then a
timetable of EDT in which every lesson has moved.

Each step runs in a process of its own, so that its peak of memory is its own, on a database made for it.
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import machine
from bench.keeping import judge, keep
from bench.report import Verdict as Judged
from bench.steps import steps_measured
from config.cli import Refused, database
from config.state import state_folder

MOST_ANALYSIS_SECONDS, MOST_ANALYSIS_MB, MOST_APPLYING_SECONDS = 10.0, 300.0, 15.0
MOST_TIMETABLE_SECONDS = 20.0
_STEPS = ("write", "analyse", "apply", "again", "timetable")


def main(arguments: Sequence[str]) -> None:
    """The command. Leaves with status 1 when a target is missed and `--strict` was asked."""
    parser = argparse.ArgumentParser(
        "pupitre bench-import", description="Mesure l’import d’un très grand établissement."
    )
    parser.add_argument("--students", type=int, default=3000, help="nombre d’élèves (3000), à la centaine")
    parser.add_argument("--strict", action="store_true", help="échouer quand une cible n’est pas atteinte")
    options = parser.parse_args(arguments)
    if not 100 <= options.students <= 10_000:
        raise Refused("un établissement compte ici de 100 à 10 000 élèves. Donnez un autre nombre.")
    facts: dict[str, Any] = {"students": options.students, "machine": machine.describe()}
    facts |= steps_measured("bench.imports", _STEPS, options.students, f"import-{options.students}")
    keep(f"import-{options.students}", facts)
    judge(verdicts(facts), strict=options.strict)


def verdicts(facts: dict[str, Any]) -> Iterator[Judged]:
    """The targets, with what was measured."""
    analyse, apply, again = facts["analyse"], facts["apply"], facts["again"]
    for what, measured, most, unit in (
        ("analyse", analyse["seconds"], MOST_ANALYSIS_SECONDS, "s"),
        ("mémoire de l’analyse", analyse["peak_mb"], MOST_ANALYSIS_MB, "Mo"),
        ("application", apply["seconds"], MOST_APPLYING_SECONDS, "s"),
        ("emploi du temps", facts["timetable"]["seconds"], MOST_TIMETABLE_SECONDS, "s"),
    ):
        yield Judged(
            f"{what} : au plus {most:.0f} {unit}", f"{measured:.1f} {unit}".replace(".", ","), measured <= most
        )
    yield Judged(
        "les mêmes fichiers de nouveau : aucune différence", str(again["differences"]), not again["differences"]
    )


@dataclass(frozen=True, slots=True)
class _Work:
    """The school being imported: its files lie in the state folder."""

    students: int

    @property
    def folder(self) -> Path:
        return state_folder() / f"files-{self.students}"

    def paths(self) -> list[Path]:
        return [Path(line) for line in (self.folder / "order").read_text().splitlines()]


def _write(work: _Work) -> dict[str, Any]:
    """The files, once for all runs."""
    from demo.writers.region import write_school_files

    order = work.folder / "order"
    if not order.exists():
        order.write_text("\n".join(map(str, write_school_files(work.folder, work.students))))
    return {"bytes": sum(path.stat().st_size for path in work.paths())}


def _analyse(work: _Work) -> dict[str, Any]:
    from pupitre.establishments.services import open_establishment

    school = open_establishment(uai=_uai(work), name="Collège du Grand-Large", kind="college")
    return _analysed(school, work)


def _apply(work: _Work) -> dict[str, Any]:
    from pupitre.establishments.models import Establishment
    from pupitre.establishments.scope import scope
    from pupitre.integrations.imports.models import ImportJob
    from pupitre.integrations.imports.services.application import apply

    school = Establishment.objects.get(uai=_uai(work))
    with scope(school.pk):
        job = ImportJob.objects.latest("pk")
    apply(job.pk, school.pk)
    return {}


def _again(work: _Work) -> dict[str, Any]:
    from pupitre.establishments.models import Establishment

    return _analysed(Establishment.objects.get(uai=_uai(work)), work)


def _timetable(work: _Work) -> dict[str, Any]:
    """Every lesson of the year a day later, as EDT writes it: read, compared and applied."""
    from dataclasses import replace

    from demo.region import benchmark_region
    from demo.writers.edt import write_edt_courses
    from pupitre.establishments.models import Establishment
    from pupitre.establishments.scope import scope
    from pupitre.foundation import clock
    from pupitre.integrations.imports.models import Difference, ImportJob
    from pupitre.integrations.imports.services.gesture import import_files

    life = benchmark_region(clock.today(), work.students).schools[0]
    lessons = [replace(each, weekday=each.weekday % 5 + 1) for each in life.lessons]
    path = write_edt_courses(work.folder, life, lessons)
    school = Establishment.objects.get(uai=_uai(work))
    started = time.monotonic()
    job = import_files(establishment=school, paths=[path], apply=True, confirmed=True)
    if job.state != ImportJob.State.APPLIED:
        raise Refused(f"l’emploi du temps n’est pas appliqué : {' '.join(job.reasons)}")
    took = time.monotonic() - started
    with scope(school.pk):
        moved = Difference.objects.filter(job=job).count()
    return {
        "seconds": round(took, 2),
        "lessons": len(lessons),
        "classes": len(life.school.divisions),
        "differences": moved,
    }


def _analysed(school: Any, work: _Work) -> dict[str, Any]:
    from pupitre.establishments.scope import scope
    from pupitre.integrations.imports.models import Difference, Verdict
    from pupitre.integrations.imports.services.gesture import import_files

    job = import_files(establishment=school, paths=work.paths(), apply=False)
    with scope(school.pk):
        if job.verdict == Verdict.REJECT:
            raise Refused(f"l’import est refusé : {' '.join(job.reasons)}")
        return {"verdict": job.verdict, "counts": job.counts, "differences": Difference.objects.filter(job=job).count()}


def _uai(work: _Work) -> str:
    from pupitre.integrations.exchange.opening import open_files
    from pupitre.integrations.reading import school_said

    path = work.paths()[0]
    with path.open("rb") as stream:
        return school_said(open_files(path.name, stream)[0])


def _step(name: str, students: int, told: Path) -> None:
    """Run apart: one step, what it took, written as JSON."""
    import django

    django.setup()
    steps: dict[str, Callable[[_Work], dict[str, Any]]] = dict(
        zip(_STEPS, (_write, _analyse, _apply, _again, _timetable), strict=True)
    )
    started, busy = time.monotonic(), time.process_time()
    facts = steps[name](_Work(students))
    took = {"seconds": round(time.monotonic() - started, 2), "cpu_seconds": round(time.process_time() - busy, 2)}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told.write_text(json.dumps({**took, "peak_mb": round(peak, 1), **facts}))


if __name__ == "__main__":
    with database():
        _step(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
