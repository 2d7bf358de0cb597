"""How a service speaks to us: its addresses, its secret."""

import hashlib
import secrets
from collections.abc import Sequence

from django.db import transaction

from pupitre.foundation import audit
from pupitre.foundation.actor import Actor
from pupitre.integrations.oidc.models import Client
from pupitre.integrations.oidc.native import is_native
from pupitre.integrations.services.addresses import parse_address
from pupitre.integrations.services.models import Service


class ElsewhereAddress(ValueError):
    """An address of a client that is not its service's; holds it."""


def digest_of(raw: str) -> bytes:
    """How secrets, codes and tokens are kept: they are random and long, nothing is gained by a slow hash."""
    return hashlib.sha256(raw.encode()).digest()


@transaction.atomic
def client_of(service: Service) -> Client:
    """The client of a service, made the first time: it has no address yet, hence cannot sign anybody in."""
    return Client.objects.get_or_create(service=service, defaults={"client_id": secrets.token_hex(16)})[0]


@transaction.atomic
def set_addresses(
    client: Client, *, redirect_uris: Sequence[str], logout_uris: Sequence[str], backchannel_url: str, actor: Actor
) -> None:
    """Say where the service receives codes, where it may be left, and where it hears of the end of sessions.

    All must be under the registered address of the service, those of an application apart, where it receives codes on the
    device itself. Raises WrongAddress and ElsewhereAddress.
    """
    of_site = [each for each in redirect_uris if not is_native(each)]
    for each in (*of_site, *logout_uris, *([backchannel_url] if backchannel_url else [])):
        address = parse_address(each)
        if address.origin != client.service.origin or not address.lies_under(client.service.path):
            raise ElsewhereAddress(each)
    client.redirect_uris, client.logout_uris = list(redirect_uris), list(logout_uris)
    client.backchannel_url = backchannel_url
    client.save()
    audit.record(actor, "oidc.set_addresses", client)


@transaction.atomic
def renew_secret(client: Client, *, actor: Actor) -> str:
    """A new secret, told once; the former one opens nothing any more."""
    raw = secrets.token_urlsafe(32)
    Client.objects.filter(pk=client.pk).update(secret_digest=digest_of(raw))
    audit.record(actor, "oidc.renew_secret", client)
    return raw
