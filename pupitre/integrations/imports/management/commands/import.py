"""`pupitre import FILE… [--uai UAI] [--apply] [--json]`: what a school's files would change, and doing it."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.establishments.services import open_establishment
from pupitre.integrations.exchange.verdicts import Rejected
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.models import ImportJob, Verdict
from pupitre.integrations.imports.queries import report
from pupitre.integrations.imports.services.application import NotAppliable
from pupitre.integrations.imports.services.gesture import import_files
from pupitre.integrations.reading import read_all

HELD, REJECTED = 3, 4
_KINDS = {
    "340": "college",
    "CLG": "college",
    "300": "lycee",
    "LYC": "lycee",
    "302": "lycee",
    "320": "lycee_pro",
    "LP": "lycee_pro",
}


class Command(BaseCommand):
    help = (
        "Analyse les fichiers d’un établissement (SIECLE, STS, Fregata, ONDE, CSV) ; --apply les applique. "
        "Code de sortie : 0 rien à craindre, 3 à confirmer, 4 refusé."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument("--uai", default="", help="l’établissement ; par défaut, celui que disent les fichiers")
        parser.add_argument("--apply", action="store_true", help="écrire les changements")
        parser.add_argument("--confirm", action="store_true", help="appliquer même ce qui demande une confirmation")
        parser.add_argument("--json", action="store_true", help="un objet JSON au lieu d’un rapport")

    def handle(self, *, files: list[Path], uai: str, apply: bool, confirm: bool, json: bool, **_options: Any) -> None:
        missing = [str(path) for path in files if not path.is_file()]
        if missing:
            raise CommandError(f"le fichier « {missing[0]} » n’existe pas.")
        try:
            with transaction.atomic():
                outcome, status = self._import(files, uai.strip().upper(), apply=apply, confirmed=confirm)
                # Analysis only: what was noted on the way is not kept.
                transaction.set_rollback(not apply)
        except NotAppliable as why:
            raise CommandError(str(why)) from why
        self._show(outcome, as_json=json)
        if status:
            sys.exit(status)

    def _import(self, files: Sequence[Path], uai: str, *, apply: bool, confirmed: bool) -> tuple[dict[str, Any], int]:
        try:
            establishment = self._establishment(files, uai)
        except Rejected as refusal:
            return _refused(str(refusal)), REJECTED
        job = import_files(establishment=establishment, paths=files, apply=apply, confirmed=confirmed)
        with scope(establishment.pk):
            outcome = {"uai": establishment.uai, **report(job)}
        held = job.verdict == Verdict.HOLD and job.state != ImportJob.State.APPLIED
        return outcome, REJECTED if job.verdict == Verdict.REJECT else HELD if held else 0

    def _establishment(self, files: Sequence[Path], uai: str) -> Establishment:
        """The school of the files. One that is not open yet is opened: whoever types commands runs the server."""
        said = "" if uai else self._said(files)
        found = Establishment.objects.filter(uai=uai or said).first()
        if found:
            return found
        described = self._described(files, uai or said)
        if described is None:
            raise Rejected(
                f"L’établissement {uai or 'de ces fichiers'} n’est pas connu ici. Vérifiez son code UAI, ou ouvrez-le d’abord."
            )
        return open_establishment(**described)

    def _said(self, files: Sequence[Path]) -> str:
        for path in files:
            for reading in read_all(path.name, BytesIO(path.read_bytes()), uai=""):
                if reading.uai:
                    return reading.uai
        raise Rejected("Ces fichiers ne disent pas de quel établissement ils viennent. Ajoutez --uai et son code UAI.")

    def _described(self, files: Sequence[Path], uai: str) -> dict[str, str] | None:
        """What the files say of that school; None when none of them is its own."""
        readings = [each for path in files for each in read_all(path.name, BytesIO(path.read_bytes()), uai=uai)]
        if not any(each.uai == uai for each in readings):
            return None
        school = next((each.school for each in readings if each.uai == uai and each.school), None)
        name = " ".join(filter(None, (school.name, school.complement))) if school else ""
        kind = _KINDS.get(school.nature or school.kind, "college") if school else "college"
        return {
            "uai": uai, "name": name or uai, "kind": kind, "town": school.town if school else "",
            "academy": school.academy if school else "",
        }  # fmt: skip

    def _show(self, outcome: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(outcome, ensure_ascii=False, indent=1))
            return
        self.stdout.write(f"{Verdict(outcome['verdict']).label} — {outcome.get('uai', '')}".rstrip(" —"))
        for reason in outcome["reasons"]:
            self.stdout.write(f"  ! {reason}")
        for name, count in outcome["counts"].items():
            self.stdout.write(f"  {count:>6}  {name}")
        by_kind: dict[str, int] = {}
        for each in outcome["differences"]:
            by_kind[each["kind"]] = by_kind.get(each["kind"], 0) + 1
        for kind, count in by_kind.items():
            self.stdout.write(f"  {count:>6}  {Kind(kind).label}")
        for each in outcome["quarantined"]:
            self.stdout.write(f"  - {each['record']} : {each['reason']}")


def _refused(why: str) -> dict[str, Any]:
    return {"verdict": Verdict.REJECT.value, "state": "rejected", "reasons": [why], "counts": {}, "differences": [],
            "warnings": [], "quarantined": []}  # fmt: skip
