"""`pupitre bench-upload`: fifty megabytes on a network that is cut three times; whether they arrive, and the server's memory.

One worker, started as in production, on a database made for it. Its peak of memory is read from the system, and set back
before each step, so that each peak is that of one step.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from typing import Any

from bench import machine
from bench.keeping import judge, keep
from bench.report import Verdict
from bench.steps import fresh_place, run
from config.cli import Refused, say

MEGA = 1024**2
MOST_GROWTH_MB = 16.0
CUTS = 3
_LABELS = {
    "parts": "en morceaux, trois coupures",
    "form": "par un formulaire, sans script",
    "download": "en le relisant",
}


def main(arguments: Sequence[str]) -> None:
    """The command. Leaves with status 1 when a target is missed and `--strict` was asked."""
    parser = argparse.ArgumentParser("pupitre bench-upload", description="Mesure l’envoi d’un gros fichier.")
    parser.add_argument("--megabytes", type=int, default=50, help="taille du fichier (50)")
    parser.add_argument("--strict", action="store_true", help="échouer quand une cible n’est pas atteinte")
    options = parser.parse_args(arguments)
    if not 1 <= options.megabytes <= 50:
        raise Refused("un fichier pèse ici de 1 à 50 Mo. Donnez une autre taille.")
    facts: dict[str, Any] = {"megabytes": options.megabytes, "cuts": CUTS, "machine": machine.describe()}
    facts |= _measure(options.megabytes)
    keep(f"upload-{options.megabytes}", facts)
    judge(verdicts(facts), strict=options.strict)


def verdicts(facts: dict[str, Any]) -> Iterator[Verdict]:
    """The targets, with what was measured."""
    for step, label in _LABELS.items():
        grew = facts[step]["peak_mb"] - facts[step]["before_mb"]
        target = f"mémoire prise {label} : au plus {MOST_GROWTH_MB:.0f} Mo"
        yield Verdict(target, f"{grew:.1f} Mo".replace(".", ","), grew <= MOST_GROWTH_MB)
        whole = facts[step]["is_whole"]
        yield Verdict(f"arrivé entier {label}", "oui" if whole else "non", whole)
    again = facts["parts"]["sent_again_mb"]
    yield Verdict("octets renvoyés après les coupures : aucun", f"{again:.1f} Mo".replace(".", ","), again == 0)


def _measure(megabytes: int) -> dict[str, Any]:
    place = fresh_place("upload")
    told = place / "facts.json"
    run("bench.replay.upload", [str(megabytes), str(told)], place)
    facts: dict[str, Any] = json.loads(told.read_text())
    for step in _LABELS:
        say(f"  {step} : {facts[step]}")
    return facts
