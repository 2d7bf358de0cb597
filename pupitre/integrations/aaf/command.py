"""`pupitre import-aaf ARCHIVE [--apply] [--confirm] [--open] [--academy CODE] [--json]`: an academy, from a terminal.

Leaves with 0 (nothing to fear), 3 (schools wait for a human, or failed) or 4 (refused), as `pupitre import` does.
"""

import json
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

HELD, REJECTED = 3, 4
_MOST = 100  # schools and findings told; --json gives them all


def main(arguments: Sequence[str]) -> None:
    """Run the command as `pupitre` does."""
    import django

    django.setup()
    # Made here: the command reads models, that exist once Django is set up.
    Command().run_from_argv(["pupitre", "import-aaf", *arguments, "--traceback"])


class Command(BaseCommand):
    help = (
        "Lit une archive de l’annuaire d’une académie (AAF, complète ou delta) ; --apply l’applique, établissement par "
        "établissement. Code de sortie : 0 rien à craindre, 3 à confirmer, 4 refusé."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", metavar="ARCHIVE", type=Path)
        parser.add_argument("--apply", action="store_true", help="écrire les changements")
        parser.add_argument("--confirm", action="store_true", help="appliquer même ce qui demande une confirmation")
        parser.add_argument("--open", action="store_true", help="ouvrir ici les établissements qui ont des élèves")
        parser.add_argument("--academy", default="", help="code de l’académie, si l’archive ne le dit pas")
        parser.add_argument("--json", action="store_true", help="un objet JSON au lieu d’un rapport")

    def handle(self, *, archive: Path, **options: Any) -> None:
        if not archive.exists():
            raise CommandError(f"« {archive} » n’existe pas. Vérifiez son nom et son dossier.")
        academy = options["academy"].strip().lstrip("0")
        if academy and not (academy.isdigit() and len(academy) <= 3):
            raise CommandError(f"« {options['academy']} » n’est pas un code d’académie, comme 15. Vérifiez-le.")
        outcome, status = _import(archive, academy, options, self._tell(as_json=options["json"]))
        if options["json"]:
            self.stdout.write(json.dumps(outcome, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(_told(outcome)))
        if status:
            sys.exit(status)

    def _tell(self, *, as_json: bool) -> Any:
        return (lambda _line: None) if as_json else lambda line: self.stderr.write(f"… {line}")


def _import(archive: Path, academy: str, options: dict[str, Any], tell: Any) -> tuple[dict[str, Any], int]:
    from pupitre.integrations.aaf.services.gesture import import_archive

    batch = import_archive(
        archive,
        academy=academy,
        apply=options["apply"],
        confirmed=options["confirm"],
        may_open=options["open"],
        tell=tell,
    )
    outcome = _outcome(batch)
    if batch.state == "rejected":
        return outcome, REJECTED
    waits = any(each["state"] in ("held", "failed") for each in outcome["schools"])
    return outcome, HELD if waits else 0


def _outcome(batch: Any) -> dict[str, Any]:
    parts = batch.parts.order_by("uai", "structure") if batch.pk else ()
    return {
        "state": batch.state, "why": batch.why, "academy": batch.academy, "complete": batch.is_complete,
        "date": batch.produced_on.isoformat() if batch.produced_on else None, "counts": batch.counts,
        "findings": batch.findings,
        "schools": [
            {"uai": each.uai, "name": each.name, "state": each.state, "label": str(each.get_state_display()),
             "counts": each.counts, "differences": each.differences, "aside": each.aside, "why": each.why}
            for each in parts
        ],
    }  # fmt: skip


def _told(outcome: dict[str, Any]) -> Iterator[str]:
    from pupitre.integrations.aaf.grammar import Category
    from pupitre.integrations.aaf.words import CATEGORIES

    if outcome["state"] == "rejected":
        yield f"Refusé : {outcome['why']}"
        return
    kind = "complète" if outcome["complete"] else "delta"
    yield f"Académie {outcome['academy']}, archive {kind} du {outcome['date']}"
    for number, counts in sorted(outcome["counts"].items()):
        told = ", ".join(f"{counts.get(name, 0)} {word}" for name, word in _WORDS if counts.get(name) or name == "read")
        yield f"  {CATEGORIES[Category(int(number))]} : {told}"
    states = Counter(each["label"] for each in outcome["schools"])
    yield "Établissements : " + (", ".join(f"{n} {label.lower()}" for label, n in states.items()) or "rien ne change")
    for each in outcome["schools"][:_MOST]:
        why = f" — {each['why']}" if each["why"] else ""
        yield f"  {each['uai'] or '(sans UAI)'} {each['name']} : {each['label'].lower()}, {each['differences']} différences{why}"
    if len(outcome["schools"]) > _MOST:
        yield f"  … et {len(outcome['schools']) - _MOST} de plus, que --json donne tous."
    for each in outcome["findings"][:_MOST]:
        yield f"  - {each['record']} : {each['reason']}"


_WORDS = (("read", "lus"), ("new", "nouveaux"), ("changed", "modifiés"), ("gone", "partis"))
