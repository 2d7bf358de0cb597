"""`pupitre reset_second_factor <identifiant>`: for accounts that nobody in a school may reset, those of the academy first."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from pupitre.accounts.models import User
from pupitre.accounts.services.resetting import take_factors_away
from pupitre.foundation import audit


class Command(BaseCommand):
    help = "Remet à zéro la double vérification d’un compte, et le déconnecte partout."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("identifiant")

    def handle(self, *, identifiant: str, **_options: Any) -> None:
        user = User.objects.filter(username=identifiant.strip().lower()).first()
        if user is None:
            raise CommandError(f"Aucun compte ne porte l’identifiant {identifiant}.")
        with transaction.atomic():
            sessions = take_factors_away(user)
            audit.record(None, "accounts.reset_second_factor", user, reason="server", sessions=sessions)
        self.stdout.write(f"{user.display_name} entre de nouveau avec son mot de passe seul.")
