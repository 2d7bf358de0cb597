"""`pupitre provider <slug> …`: register ÉduConnect or a guichet, shut it, read its last refusals."""

import getpass
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pupitre.foundation.models import AuditEntry
from pupitre.foundation.ui.french import day_hour, day_year
from pupitre.integrations.federation.certificates import pieces
from pupitre.integrations.federation.models import Provider
from pupitre.integrations.federation.services.providers import WrongProvider, facts_of_metadata, register

_TEXTS = ("name", "kind", "academy", "issuer", "client_id", "scopes")


class Command(BaseCommand):
    help = "Enregistre un fournisseur d’identité (ÉduConnect, guichet), ou change ce qui est donné."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        for name in _TEXTS:
            parser.add_argument(f"--{name.replace('_', '-')}", dest=name)
        parser.add_argument("--metadata", type=Path, help="fichier des métadonnées du fournisseur (SAML)")
        parser.add_argument("--clear", action="store_true", help="accepter des assertions non chiffrées (SAML)")
        parser.add_argument("--school", help="UAI, pour un seul établissement")
        parser.add_argument("--shut", action="store_true", help="ne plus le proposer ni le croire")
        parser.add_argument("--open", action="store_true", help="le proposer de nouveau")
        parser.add_argument("--refusals", action="store_true", help="ses vingt derniers refus, sans nommer personne")

    def handle(self, *, slug: str, **options: Any) -> None:
        if options["refusals"]:
            self._refusals(slug)
            return
        facts = {name: options[name] for name in _TEXTS if options[name] is not None}
        if options["shut"] or options["open"]:
            facts["is_open"] = options["open"]
        if options["clear"]:
            facts["is_encrypted"] = False
        secret = self._secret() if options["client_id"] else ""
        try:
            if options["metadata"]:
                facts |= facts_of_metadata(options["metadata"].read_bytes())
            provider = register(slug, secret=secret, school=options["school"], **facts)
        except WrongProvider as wrong:
            raise CommandError(wrong.words) from None
        last = "metadonnees" if provider.protocol == Provider.Protocol.SAML else "retour"
        self.stdout.write(f"{provider.name} : enregistré. À lui donner : /connexion/par/{provider.slug}/{last}/")
        for _pem, until in pieces(provider.certificates):
            self.stdout.write(f"Certificat valable jusqu’au {day_year(until)}.")

    def _secret(self) -> str:
        if sys.stdin.isatty():
            return getpass.getpass("Secret du client (vide : celui qui est gardé) : ").strip()
        return sys.stdin.readline().strip()

    def _refusals(self, slug: str) -> None:
        provider = Provider.objects.filter(slug=slug).first()
        if provider is None:
            raise CommandError(f"Aucun fournisseur ne s’appelle {slug}.")
        entries = AuditEntry.objects.filter(verb="federation.refuse", target_id=provider.pk).order_by("-at")[:20]
        for entry in entries:
            self.stdout.write(f"{day_hour(entry.at)}  {entry.detail['reference']}  {entry.detail['why']}")
        if not entries:
            self.stdout.write("Aucun refus.")
