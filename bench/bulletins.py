"""`pupitre bench-bulletins`: the PDF of every bulletin of a school of a thousand students, as the job that publishes them draws it.

Facts are in memory, twelve subjects with their texts, long ones too: no database, no storage. One process, as a worker is; tagged
for screen readers.
"""

import argparse
import datetime as dt
import resource
import time
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

import django

from bench import machine
from bench.keeping import judge, keep
from bench.report import Verdict
from config.cli import Refused
from pupitre.reportcards.document import Bulletin, Line, SchoolLife
from pupitre.reportcards.paper.drawing import draw

MOST_SECONDS, MOST_MEGABYTES = 60.0, 300
_SUBJECTS = (
    *("Français", "Mathématiques", "Histoire-géographie", "Anglais", "Espagnol", "Sciences de la vie et de la Terre"),
    *("Physique-chimie", "Technologie", "Arts plastiques", "Éducation musicale", "EPS", "Latin"),
)
_SENTENCE = "Un trimestre sérieux, des progrès à l’écrit comme à l’oral ; œuvre encore à l’aisance en calcul. "


def main(arguments: Sequence[str]) -> None:
    """The command. Leaves with status 1 when a target is missed and `--strict` was asked."""
    parser = argparse.ArgumentParser("pupitre bench-bulletins", description="Mesure le tirage des bulletins en PDF.")
    parser.add_argument("--students", type=int, default=1000, help="nombre d’élèves (1000)")
    parser.add_argument("--strict", action="store_true", help="échouer quand une cible n’est pas atteinte")
    options = parser.parse_args(arguments)
    if not 1 <= options.students <= 20_000:
        raise Refused("entre 1 et 20 000 élèves. Donnez un autre nombre.")
    django.setup()
    facts: dict[str, Any] = {"students": options.students, "machine": machine.describe(), **measure(options.students)}
    keep(f"bulletins-{options.students}", facts)
    judge(verdicts(facts), strict=options.strict)


def verdicts(facts: dict[str, Any]) -> Iterator[Verdict]:
    """The targets, with what was measured. The time is that of the processor, so that neighbours change nothing."""
    took, wall, memory = facts["cpu_s"], facts["wall_s"], facts["peak_mb"]
    label = f"{facts['students']} bulletins en PDF : au plus {MOST_SECONDS:.0f} s"
    said = f"{took:.1f} s de processeur, {wall:.1f} s à l’horloge".replace(".", ",")
    yield Verdict(label, said, took <= MOST_SECONDS)
    yield Verdict(f"mémoire du processus : au plus {MOST_MEGABYTES} Mo", f"{memory} Mo", memory <= MOST_MEGABYTES)


def measure(students: int) -> dict[str, Any]:
    """Seconds on the wall and of the processor, the highest memory of the process, the weight of a PDF."""
    random = Random("bulletins")
    wall, cpu, weight = time.perf_counter(), time.process_time(), 0
    for place in range(students):
        weight += len(draw(_bulletin(place, random), number=1, given="24 novembre 2026"))
    return {
        "wall_s": round(time.perf_counter() - wall, 2), "cpu_s": round(time.process_time() - cpu, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "pdf_kb": weight // students // 1024,
    }  # fmt: skip


def _bulletin(place: int, random: Random) -> Bulletin:
    lines = [_line(number, subject, random) for number, subject in enumerate(_SUBJECTS)]
    return Bulletin(
        school="Collège Sophie-Germain", town="Valmont-sur-Meurthe", uai="0990001N", year="2026-2027",
        term="Premier trimestre", term_code="T1", student=place, last_name=f"Nom-{place}", first_name="Élodie", sex="F",
        born_on=dt.date(2013, 5, 9), division="4e B", size=28, form_teachers="Mme Roussel", lines=lines, value="13,4",
        mean="12,9", previous_terms=["T1"], previous=["12,8"], shows_class=True, shows_spread=True,
        rule="Règle de l’établissement : arrondi au plus proche, à 0,1 point.",
        school_life=SchoolLife(2, 1, 0, 3, _SENTENCE, "M. Bensaïd"), synthesis=_SENTENCE * random.randint(2, 9),
        synthesis_by="Mme Roussel", mention="Encouragements", supports=[], wishes="", decision="", projects=[],
        signed_by="Mme Vasseur", signed_as="Principale",
    )  # fmt: skip


def _line(number: int, subject: str, random: Random) -> Line:
    return Line(
        course=number, code="061300", subject=subject, group="4e B", teachers="Mme Roussel", colour="m-bleu",
        value=f"{random.randint(6, 19)},{random.randint(0, 9)}", computed="", previous=["12,5"], mean="12,4",
        least="4,5", most="18,0", positioning=random.randint(1, 4),
        elements=["Nombres relatifs", "Calcul littéral"], text=_SENTENCE * random.randint(1, 4),
    )  # fmt: skip
