"""`pupitre bench-messages`: a mailbox of ten thousand letters, a message to a whole school."""

import argparse
import json
from collections.abc import Iterator, Sequence
from typing import Any

from bench import machine
from bench.keeping import judge, keep
from bench.messages.box import FULL, PAGES
from bench.messages.place import prepare, run
from bench.replay.load import find_wrk
from bench.replay.pages import EMPTY
from bench.report import Verdict
from config.cli import say

LETTERS, RECIPIENTS, ROUNDS = 10_000, 1500, 20
MOST_STATEMENTS, MOST_TIMES_EMPTY, MOST_ACCEPTED_MS, MOST_SECONDS = 5, 8.0, 300.0, 5.0


def main(arguments: Sequence[str]) -> None:
    """The command. Leaves with status 1 when a target is missed and `--strict` was asked."""
    parser = argparse.ArgumentParser("pupitre bench-messages", description="Mesure la boîte et l’envoi en nombre.")
    parser.add_argument("--letters", type=int, default=LETTERS, help="lettres dans la boîte (10 000)")
    parser.add_argument("--recipients", type=int, default=RECIPIENTS, help="destinataires d’un message (1500)")
    parser.add_argument("--quick", action="store_true", help="un seul tour, court : pour essayer")
    parser.add_argument("--strict", action="store_true", help="échouer quand une cible n’est pas atteinte")
    options = parser.parse_args(arguments)
    find_wrk()
    letters = options.letters + options.letters % 2
    place = prepare(letters)
    rounds, seconds = ("1", "2") if options.quick else ("3", "4")
    run("bench.messages.box", rounds, seconds, str(place / "box.json"))
    run("bench.messages.mass", str(5 if options.quick else ROUNDS), str(options.recipients), str(place / "mass.json"))
    facts = {
        "letters": letters,
        "machine": machine.describe(),
        "box": json.loads((place / "box.json").read_text()),
        "mass": json.loads((place / "mass.json").read_text()),
    }
    for line in _table(facts["box"]):
        say(line)
    keep(f"messages-{letters}", facts)
    judge(verdicts(facts), strict=options.strict)


def _table(box: dict[str, Any]) -> Iterator[str]:
    for key, view in box.items():
        times = view["cpu_ms"] / box[EMPTY]["cpu_ms"]
        yield (
            f"  {PAGES[key].label:<28} {view['statements']} SQL  {view['cpu_ms']:.2f} ms de calcul (base "
            f"{view['database_ms']:.2f})  × {times:.1f}  p95 {view['p95_ms']:.1f} ms"
        )


def verdicts(facts: dict[str, Any]) -> Iterator[Verdict]:
    """The targets, with what was measured."""
    box, mass = facts["box"], facts["mass"]
    count, times = box[FULL]["statements"], box[FULL]["cpu_ms"] / box[EMPTY]["cpu_ms"]
    yield Verdict(
        f"réception de {facts['letters']} lettres : au plus {MOST_STATEMENTS} requêtes SQL",
        str(count),
        count <= MOST_STATEMENTS,
    )
    yield Verdict(
        f"… au plus {MOST_TIMES_EMPTY:.0f} × la vue vide",
        f"{times:.1f} ×".replace(".", ","),
        times <= MOST_TIMES_EMPTY,
    )
    p95, worst = mass["accepted_p95_ms"], mass["delivered_worst_seconds"]
    yield Verdict(
        f"un message à {mass['recipients']} personnes accepté en {MOST_ACCEPTED_MS:.0f} ms (p95)",
        f"{p95:.0f} ms (médiane {mass['accepted_p50_ms']:.0f}), vue vide {mass['empty_p95_ms']:.0f} ({mass['empty_p50_ms']:.0f})",
        p95 <= MOST_ACCEPTED_MS,
    )
    yield Verdict(
        f"… arrivé à tous en {MOST_SECONDS:.0f} s",
        f"{worst:.2f} s au pire, {mass['delivered_p50_seconds']:.2f} d’ordinaire".replace(".", ","),
        worst <= MOST_SECONDS,
    )
    received = mass["letters_received"] == mass["rounds"] * mass["recipients"]
    yield Verdict(
        "… ses mots gardés une fois",
        f"{mass['bodies_kept']} pour {mass['rounds']} messages, {mass['letters_received']} lettres",
        received and mass["bodies_kept"] == mass["rounds"],
    )
    errors = sum(view["errors"] for view in box.values())
    yield Verdict("aucune erreur", str(errors), errors == 0)
