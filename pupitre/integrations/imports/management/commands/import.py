"""`pupitre import FILE… [--uai UAI] [--apply] [--json]`: what a school's files would change, and doing it."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.integrations.exchange.opening import Opened, open_files
from pupitre.integrations.exchange.text import is_uai
from pupitre.integrations.exchange.verdicts import Rejected
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.management.schools import school_of
from pupitre.integrations.imports.management.telling import told
from pupitre.integrations.imports.models import ImportJob, Verdict
from pupitre.integrations.imports.queries import report
from pupitre.integrations.imports.services.application import NotAppliable
from pupitre.integrations.imports.services.gesture import import_files
from pupitre.integrations.reading import check_recognised

HELD, REJECTED = 3, 4
_USAGE = "Écrivez : pupitre import FICHIER… [--uai UAI] [--apply] [--confirm] [--json]."


class Command(BaseCommand):
    help = (
        "Analyse les fichiers d’un établissement (SIECLE, STS, Fregata, ONDE, CSV) ; --apply les applique. "
        "Code de sortie : 0 rien à craindre, 3 à confirmer, 4 refusé."
    )
    # Nothing here depends on pages, and a warning about them would be read as one about the files.
    requires_system_checks = ()

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.error = _refuse_arguments  # type: ignore[method-assign]
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FICHIER", type=Path)
        parser.add_argument("--uai", default="", help="l’établissement ; par défaut, celui que disent les fichiers")
        parser.add_argument("--apply", action="store_true", help="écrire les changements")
        parser.add_argument("--confirm", action="store_true", help="appliquer même ce qui demande une confirmation")
        parser.add_argument("--json", action="store_true", help="un objet JSON au lieu d’un rapport")

    def handle(self, *, files: list[Path], uai: str, apply: bool, confirm: bool, json: bool, **_options: Any) -> None:
        for path in files:
            _check_readable(path)
        try:
            with transaction.atomic():
                outcome, status = _import(files, _checked(uai), apply=apply, confirmed=confirm)
                # Analysis only: what was noted on the way is not kept.
                transaction.set_rollback(not apply)
        except NotAppliable as why:
            raise CommandError(str(why)) from why
        self._show(outcome, as_json=json)
        if status:
            sys.exit(status)

    def _show(self, outcome: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(outcome, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(told(outcome)))


def _refuse_arguments(message: str) -> NoReturn:
    said = message.partition(": ")[2] or message
    if message.startswith("the following arguments are required"):
        raise CommandError(f"il manque le fichier à importer. {_USAGE}")
    if message.startswith("unrecognized arguments"):
        raise CommandError(f"l’option « {said} » n’existe pas. {_USAGE}")
    if message.startswith("argument "):
        raise CommandError(f"il manque une valeur après « {message.split()[1].rstrip(':')} ». {_USAGE}")
    raise CommandError(f"ces arguments ne sont pas compris. {_USAGE}")


def _check_readable(path: Path) -> None:
    if path.is_dir():
        raise CommandError(f"« {path} » est un dossier. Indiquez les fichiers qu’il contient.")
    try:
        with path.open("rb") as stream:
            stream.read(1)
    except FileNotFoundError:
        raise CommandError(f"le fichier « {path} » n’existe pas. Vérifiez son nom et son dossier.") from None
    except OSError:
        raise CommandError(f"le fichier « {path} » ne peut pas être lu. Vérifiez vos droits sur ce fichier.") from None


def _checked(uai: str) -> str:
    code = uai.strip().upper()
    if code and not is_uai(code) and not Establishment.objects.filter(uai=code).exists():
        raise CommandError(
            f"« {uai} » n’est pas un code UAI : il a sept chiffres et une lettre, comme 0990001N. Vérifiez-le."
        )
    return code


def _import(paths: Sequence[Path], uai: str, *, apply: bool, confirmed: bool) -> tuple[dict[str, Any], int]:
    establishment = Establishment.objects.filter(uai=uai).first()
    try:
        establishment = establishment or school_of(_opened(paths), uai)
    except Rejected as refusal:
        return _refused(str(refusal)), REJECTED
    # A school whose code has a wrong letter may be another one: nobody opens it without looking.
    why = (
        ""
        if is_uai(establishment.uai)
        else f"Le code UAI « {establishment.uai} » n’a pas la forme attendue. Vérifiez-le."
    )
    job = import_files(
        establishment=establishment, paths=paths, apply=apply and (confirmed or not why), confirmed=confirmed
    )
    with scope(establishment.pk):
        outcome = {"uai": establishment.uai, **report(job)}
    for each in outcome["differences"]:
        each["reason"] = each["reason"] or str(Kind(each["kind"]).label)
    if why and job.state != ImportJob.State.APPLIED and job.verdict != Verdict.REJECT:
        outcome |= {"verdict": Verdict.HOLD.value, "reasons": [why, *outcome["reasons"]]}
    held = outcome["verdict"] == Verdict.HOLD and job.state != ImportJob.State.APPLIED
    return outcome, REJECTED if job.verdict == Verdict.REJECT else HELD if held else 0


def _opened(paths: Sequence[Path]) -> list[Opened]:
    opened: list[Opened] = []
    for path in paths:
        try:
            files = open_files(path.name, BytesIO(path.read_bytes()))
            for each in files:
                check_recognised(each, name=each.name if len(files) > 1 else "")
            opened += files
        except Rejected as refusal:
            raise Rejected(f"« {path.name} » : {refusal}") from refusal
    return opened


def _refused(why: str) -> dict[str, Any]:
    return {"verdict": Verdict.REJECT.value, "state": ImportJob.State.REJECTED.value, "reasons": [why], "counts": {},
            "differences": [], "warnings": [], "quarantined": []}  # fmt: skip
