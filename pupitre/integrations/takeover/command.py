"""`pupitre take-over FILE --uai UAI [--apply] [--confirm] [--json]`: what an export would give, and taking it.

`pupitre import-absences` is its older name.

Leaves with 0 (nothing to fear), 3 (lines wait for a human) or 4 (refused), as `pupitre import` does.
"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from pupitre.foundation.ui.french import plural
from pupitre.integrations.takeover.periods import CODES

HELD, REJECTED = 3, 4
KINDS = {"notes": "mark", "moyennes": "average", "bulletins": "bulletin"}
_MOST = 200  # lines told; --json gives them all


def main(arguments: Sequence[str]) -> None:
    """Run the command as `pupitre` does."""
    import django

    django.setup()
    # Made here: the command reads models, that exist once Django is set up.
    Command().run_from_argv(["pupitre", "take-over", *arguments, "--traceback"])


class Command(BaseCommand):
    help = (
        "Lit un export d’un autre outil (absences, punitions, notes, moyennes, bulletins) ; --apply le reprend. "
        "Code de sortie : 0 rien à craindre, 3 à confirmer, 4 refusé."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FICHIER", type=Path)
        parser.add_argument("--uai", required=True, help="l’établissement")
        parser.add_argument("--apply", action="store_true", help="reprendre les lignes")
        parser.add_argument(
            "--confirm", action="store_true", help="reprendre les autres quand des lignes sont en attente"
        )
        parser.add_argument(
            "--kind", choices=list(KINDS), help="ce que dit chaque ligne, quand le fichier ne le dit pas"
        )
        parser.add_argument("--origin", default="", help="l’outil d’où vient le fichier, PRONOTE par exemple")
        parser.add_argument("--year", type=int, help="l’année scolaire des lignes, par son premier millésime")
        parser.add_argument("--period", choices=CODES, help="la période des lignes")
        parser.add_argument("--json", action="store_true", help="un objet JSON au lieu d’un rapport")

    def handle(self, *, file: Path, uai: str, apply: bool, confirm: bool, json: bool, **options: Any) -> None:
        from pupitre.establishments.models import Establishment

        school = Establishment.objects.filter(uai=uai.strip().upper()).first()
        if school is None:
            raise CommandError(f"l’établissement « {uai} » n’est pas connu ici. Vérifiez son code UAI.")
        try:
            data = file.read_bytes()
        except OSError:
            raise CommandError(f"le fichier « {file} » ne peut pas être lu. Vérifiez son nom et vos droits.") from None
        with transaction.atomic():
            asked = {"thing": KINDS.get(options.get("kind") or "", ""), "said": _said(options)}
            outcome, status = _take(school.pk, file.name, data, asked, apply=apply, confirmed=confirm)
            # A reading only: nothing of it is kept.
            transaction.set_rollback(outcome["state"] != "applied")
        self._show({"uai": school.uai, **outcome}, as_json=json)
        if status:
            sys.exit(status)

    def _show(self, outcome: dict[str, Any], *, as_json: bool) -> None:
        self.stdout.write(
            json.dumps(outcome, ensure_ascii=False, indent=1) if as_json else "\n".join(_told(outcome))
        )  # fmt: skip


def _said(options: dict[str, Any]) -> dict[str, Any]:
    told = {key: options.get(key) for key in ("year", "period")} | {"origin": (options.get("origin") or "")[:40]}
    return {key: value for key, value in told.items() if value}


def _take(
    school: int, name: str, data: bytes, asked: dict[str, Any], *, apply: bool, confirmed: bool
) -> tuple[dict[str, Any], int]:
    from pupitre.establishments.scope import scope
    from pupitre.integrations.exchange.verdicts import Rejected
    from pupitre.integrations.takeover.queries import told, total_of
    from pupitre.integrations.takeover.services.analysing import analyse
    from pupitre.integrations.takeover.services.applying import apply as take_it
    from pupitre.integrations.takeover.services.receiving import is_complete, receive

    with scope(school):
        try:
            take = receive(name, data, actor=None, **asked)
            if not is_complete(take):
                raise Rejected(
                    "Les colonnes de ce fichier ne sont pas reconnues. Déposez-le une fois à l’écran « Reprise d’un outil » "
                    "et dites ce qu’elles tiennent : c’est retenu."
                )
        except Rejected as no:
            return {"verdict": "reject", "state": "rejected", "reasons": [], "subjects": [], "counts": {}, "issues": [],
                    "why": str(no)}, REJECTED  # fmt: skip
        analyse(take)
        held = total_of(take, "held")
        if apply and (confirmed or not held):
            take_it(take, actor=None)
        is_held = held and take.state != "applied"
        outcome = {"verdict": "hold" if held else "accept", "why": "", **told(take)}
        return outcome, HELD if is_held else 0


def _told(outcome: dict[str, Any]) -> Iterator[str]:
    labels = {"reject": "Refusé", "hold": "À confirmer", "accept": "Rien à signaler"}
    yield f"{labels[outcome['verdict']]} — {outcome['uai']}" + (" — repris" if outcome["state"] == "applied" else "")
    if outcome["why"]:
        yield f"  ! {outcome['why']}"
    names = {
        "absence": "absences",
        "lateness": "retards",
        "infirmary": "infirmerie",
        "incident": "incidents",
        "punishment": "punitions",
        "sanction": "sanctions",
        "mark": "notes",
        "average": "moyennes",
        "bulletin": "bulletins",
        "other": "autres",
    }
    fates = {"taken": "reprises", "known": "déjà connues", "held": "en attente", "refused": "refusées"}
    for thing, counts in outcome["counts"].items():
        parts = ", ".join(f"{counts.get(fate, 0)} {word}" for fate, word in fates.items())
        yield f"  {names[thing]} : {counts['read']} lues, {parts}"
    for each in outcome["reasons"]:
        if each["reason"] is None:
            yield f"  ? motif « {each['text']} » : {plural(each['lines'], 'ligne', 'lignes')}, à dire à l’écran"
    for each in outcome["subjects"]:
        if each["subject"] is None:
            yield f"  ? matière « {each['text']} » : {plural(each['lines'], 'ligne', 'lignes')}, à dire à l’écran"
    for each in outcome["issues"][:_MOST]:
        yield f"  - ligne {each['line']}, {each['record']} : {each['reason']}"
    if len(outcome["issues"]) > _MOST:
        yield f"  … et {len(outcome['issues']) - _MOST} de plus, que --json donne toutes."
