"""`pupitre bench-averages`: every average of a school of a thousand students, for a whole year, explained or not.

The engine alone, on marks in memory: it knows no database. A school has 36 classes or so, 12 services, 3 terms, 6 marks each.
Seconds are the processor's, so that neighbours change nothing.
"""

import argparse
import time
from collections.abc import Iterator, Sequence
from fractions import Fraction
from random import Random
from typing import Any

from bench import machine
from bench.keeping import judge, keep
from bench.report import Verdict
from config.cli import Refused
from pupitre.gradebook.averages import Mark, Option, Part, average_of, explain, mean_of
from pupitre.gradebook.statistics import spread_of

SERVICES, TERMS, MARKS, CLASS = 12, 3, 6, 28
MOST_SECONDS = 3.0
_SCALES = (20, 20, 20, 10, 5)
_OPTIONS = (Option.NONE,) * 8 + (Option.BONUS, Option.IF_BETTER)

Report = list[list[list[Mark]]]
"""Of a student: by term, by service, the marks."""


def main(arguments: Sequence[str]) -> None:
    """The command. Leaves with status 1 when the target is missed and `--strict` was asked."""
    parser = argparse.ArgumentParser("pupitre bench-averages", description="Mesure le calcul des moyennes.")
    parser.add_argument("--students", type=int, default=1000, help="nombre d’élèves (1000)")
    parser.add_argument("--strict", action="store_true", help="échouer quand la cible n’est pas atteinte")
    options = parser.parse_args(arguments)
    if not 1 <= options.students <= 20_000:
        raise Refused("entre 1 et 20 000 élèves. Donnez un autre nombre.")
    facts: dict[str, Any] = {"students": options.students, "machine": machine.describe(), **measure(options.students)}
    keep(f"averages-{options.students}", facts)
    judge(verdicts(facts), strict=options.strict)


def verdicts(facts: dict[str, Any]) -> Iterator[Verdict]:
    """The target, with what was measured."""
    took = facts["averages_s"]
    label = f"toutes les moyennes et les statistiques de {facts['students']} élèves : au plus {MOST_SECONDS:.0f} s"
    yield Verdict(label, f"{took:.2f} s".replace(".", ","), took <= MOST_SECONDS)


def measure(students: int) -> dict[str, Any]:
    """The times, in seconds: averages with the spreads of classes, and the same explained mark by mark."""
    school = _school(students)
    start = time.process_time()
    averages = [[[average_of(marks) for marks in term] for term in student] for student in school]
    generals = [[mean_of(Part(value) for value in term) for term in student] for student in averages]
    years = [mean_of(Part(value) for value in student) for student in generals]
    for first in range(0, students, CLASS):
        for term in range(TERMS):
            for service in range(SERVICES):
                spread_of(each[term][service] for each in averages[first : first + CLASS])
    took = time.process_time() - start
    start = time.process_time()
    explained = [[[explain(marks).value for marks in term] for term in student] for student in school]
    explaining = time.process_time() - start
    if explained != averages:
        raise AssertionError("an explanation gives another average")
    known: list[Fraction] = [each for each in years if each is not None]
    return {
        "marks": students * TERMS * SERVICES * MARKS, "averages": students * (TERMS * (SERVICES + 1) + 1),
        "averages_s": round(took, 3), "explained_s": round(explaining, 3), "with_a_year": len(known),
    }  # fmt: skip


def _school(students: int) -> list[Report]:
    random = Random("moyennes")
    return [
        [[[_mark(random) for _n in range(MARKS)] for _service in range(SERVICES)] for _term in range(TERMS)]
        for _student in range(students)
    ]


def _mark(random: Random) -> Mark:
    scale = random.choice(_SCALES)
    points = None if random.random() < 0.04 else random.randrange(0, scale * 100 + 1, 25)
    return Mark(points, scale, random.choice((50, 100, 200)), random.random() < 0.3, random.choice(_OPTIONS))
