"""`pupitre housekeeping [--dry-run]`: what is due every night. Closes, deletes and forgets what is too old, and says so."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from pupitre.directory.services.account_life import housekeep
from pupitre.foundation.registry import Chore, offered

_WORDS = {
    "reopened": "comptes rouverts : leur propriétaire a de nouveau un rôle",
    "closed": "comptes fermés : plus aucun rôle",
    "deleted": "comptes fermés depuis trois mois, effacés avec leurs coordonnées",
    "contacts": "personnes parties sans compte, coordonnées effacées",
    "rights": "droits repris à qui ne travaille plus dans l’établissement",
    "sessions": "sessions échues effacées",
    "codes": "codes d’activation échus effacés",
    "links": "liens de mot de passe échus effacés",
    "counters": "compteurs de mots de passe erronés effacés",
}


def _tried() -> dict[str, int]:
    with transaction.atomic():
        done = housekeep()
        transaction.set_rollback(True)
    return done


class Command(BaseCommand):
    help = (
        "Ménage de chaque nuit : ferme et efface les comptes sans rôle, oublie ce qui est échu. Sans danger deux fois."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="dire ce qui serait fait, sans le faire")

    def handle(self, *, dry_run: bool, **_options: Any) -> None:
        done = _tried() if dry_run else housekeep()
        if dry_run:
            self.stdout.write("Rien n’est changé ; voici ce qui serait fait :")
        for name, words in _WORDS.items():
            if done[name]:
                self.stdout.write(f"{done[name]:>8}  {words}")
        # What other rooms do touches more than rows, and cannot be tried.
        chores = [] if dry_run else [line for chore in offered(Chore) for line in chore.run()]
        for line in chores:
            self.stdout.write(line)
        if not any(done.values()) and not chores:
            self.stdout.write("Rien à faire.")
