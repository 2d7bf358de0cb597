"""`pupitre bench-meetings`: the plan of a large evening, beside one made first come, first served.

Sixty teachers, four hundred families: invented, drawn from a seed; some have two children, some cannot come at any hour, and
teachers of French and mathematics are asked for far more often than they have times. No database: the planner alone.
"""

import argparse
import time
from collections.abc import Sequence
from random import Random

from bench import machine
from bench.keeping import judge, keep
from bench.report import Verdict
from config.cli import say
from pupitre.meetings.planner.improving import improve
from pupitre.meetings.planner.problem import PRIORITY, WISHED, Family, Problem, Teacher, Wish, faults

MOST_SECONDS = 30
_CLASSES, _LENGTH, _HOURS = 20, 10, 4
# Teachers of a subject in sixty, and how often families ask for one.
_SUBJECTS = {
    "français": (8, 4.5), "mathématiques": (8, 4.0), "anglais": (7, 3.5), "histoire": (6, 3.5), "EPS": (6, 3.0),
    "espagnol": (6, 3.0), "SVT": (4, 2.0), "physique": (4, 2.0), "technologie": (4, 2.0), "latin": (3, 1.0),
    "musique": (2, 1.0), "arts": (2, 1.0),
}  # fmt: skip
_CANNOT_ALWAYS, _TWO_CHILDREN = 0.35, 0.22


def main(arguments: Sequence[str]) -> None:
    """The command. Leaves with status 1 when a target is missed and `--strict` was asked."""
    parser = argparse.ArgumentParser("pupitre bench-meetings", description="Mesure le planning d’une soirée.")
    parser.add_argument("--families", type=int, default=400, help="nombre de familles (400)")
    parser.add_argument("--seed", type=int, default=1, help="graine du hasard (1)")
    parser.add_argument("--strict", action="store_true", help="échouer quand une cible n’est pas atteinte")
    options = parser.parse_args(arguments)
    problem = evening(options.families, options.seed)
    teachers, wishes = len(problem.teachers), len(problem.wishes)
    say(
        f"{teachers} professeurs, {options.families} familles, {wishes} rencontres demandées, {len(problem.starts)} horaires"
    )
    started, worked = time.monotonic(), time.process_time()
    planned = improve(problem, seconds=MOST_SECONDS)
    seconds, processor = time.monotonic() - started, time.process_time() - worked
    facts = {
        "teachers": teachers, "families": options.families, "wishes": wishes, "seed": options.seed,
        "seconds": round(seconds, 1), "processor_seconds": round(processor, 1), "was_cut": planned.was_cut,
        "faults": len(faults(problem, planned.plan)), "machine": machine.describe(),
        "planned": _told(planned.worth), "first_come": _told(planned.first_come),
    }  # fmt: skip
    for name, found in (("premier arrivé", planned.first_come), ("planning", planned.worth)):
        say(
            f"{name:>15} : {found.priority + found.wished} rencontres dont {found.priority} prioritaires, "
            f"{found.waiting} minutes d’attente, {found.walks} changements de lieu"
        )
    keep(f"meetings-{options.families}", facts)
    before, after = planned.first_come, planned.worth
    judge(
        (
            Verdict(f"au plus {MOST_SECONDS} s sur un cœur", f"{seconds:.1f} s".replace(".", ","), seconds <= MOST_SECONDS),
            Verdict("aucune contrainte enfreinte", str(facts["faults"]), not facts["faults"]),
            Verdict(
                "moins d’attente que premier arrivé", f"{after.waiting} contre {before.waiting} minutes",
                after.waiting < before.waiting,
            ),
            Verdict(
                "pas moins de rencontres prioritaires", f"{after.priority} contre {before.priority}",
                after.priority >= before.priority,
            ),
        ),
        strict=options.strict,
    )  # fmt: skip


def evening(families: int, seed: int) -> Problem:
    """An evening of a school of twenty classes, from 17:00 to 21:00."""
    drawing, slots = Random(seed), _HOURS * 60 // _LENGTH
    by_subject: dict[str, list[int]] = {}
    for subject, (count, _asked) in _SUBJECTS.items():
        first = sum(map(len, by_subject.values()))
        by_subject[subject] = list(range(first, first + count))
    total = sum(map(len, by_subject.values()))
    classes = [{subject: pks[n % len(pks)] for subject, pks in by_subject.items()} for n in range(_CLASSES)]
    leads = [each[drawing.choice(["français", "mathématiques", "anglais", "histoire"])] for each in classes]
    every = frozenset(range(slots))
    wishes: list[Wish] = []
    coming: dict[int, Family] = {}
    for family in range(families):
        coming[family] = Family(family, every - _away(drawing, slots))
        children = 2 if drawing.random() < _TWO_CHILDREN else 1
        wanted: dict[int, int] = {}
        for place in (drawing.randrange(_CLASSES) for _child in range(children)):
            weights = [asked for _count, asked in _SUBJECTS.values()]
            count = drawing.choice((1, 2, 2, 3, 3, 4))
            chosen = [leads[place], *drawing.choices(list(classes[place].values()), weights, k=count)]
            for rank, teacher in enumerate(dict.fromkeys(chosen)):
                wanted.setdefault(teacher, PRIORITY if rank < 2 else WISHED)
        wishes += [Wish(len(wishes) + n, family, teacher, level) for n, (teacher, level) in enumerate(wanted.items())]
    zones = ("rez-de-chaussée", "étage", "bâtiment B")
    teachers = {pk: Teacher(pk, zones[pk % len(zones)], every) for pk in range(total)}
    return Problem([17 * 60 + _LENGTH * n for n in range(slots)], _LENGTH, teachers, coming, wishes)


def _away(drawing: Random, slots: int) -> frozenset[int]:
    """Some come late, some leave early."""
    if drawing.random() > _CANNOT_ALWAYS:
        return frozenset()
    at = drawing.randrange(1, slots // 2)
    return frozenset(range(at)) if drawing.random() < 0.5 else frozenset(range(slots - at, slots))


def _told(worth: object) -> dict[str, int]:
    return {name: getattr(worth, name) for name in ("priority", "wished", "waiting", "walks")}
