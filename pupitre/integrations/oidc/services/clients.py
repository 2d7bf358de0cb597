"""How a service speaks to us: its addresses, its secret."""

import hashlib
import secrets
from collections.abc import Sequence

from django.db import transaction

from pupitre.foundation import audit
from pupitre.foundation.actor import Actor
from pupitre.integrations.oidc.models import Client
from pupitre.integrations.oidc.native import is_native
from pupitre.integrations.services.addresses import WrongAddress, parse_address
from pupitre.integrations.services.models import Service


class ElsewhereAddress(ValueError):
    """An address of a client that is not its service's; holds it."""


def digest_of(raw: str) -> bytes:
    """How secrets, codes and tokens are kept: they are random and long, nothing is gained by a slow hash."""
    return hashlib.sha256(raw.encode()).digest()


def is_at(service: Service, text: str) -> bool:
    """Whether an address is one of a service, under the one that is registered."""
    try:
        address = parse_address(text)
    except WrongAddress:
        return False
    return address.origin == service.origin and address.lies_under(service.path)


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
    device itself. Raises ElsewhereAddress.
    """
    of_site = [each for each in redirect_uris if not is_native(each)]
    for each in (*of_site, *logout_uris, *([backchannel_url] if backchannel_url else [])):
        if not is_at(client.service, each):
            raise ElsewhereAddress(each)
    client.redirect_uris, client.logout_uris = list(redirect_uris), list(logout_uris)
    client.backchannel_url = backchannel_url
    client.save()
    audit.record(actor, "oidc.set_addresses", client)


def drop_former_addresses(service_id: int) -> None:
    """Forget the addresses of a service that are not its any more; those of an application are on the device, whatever the site."""
    client = Client.objects.select_related("service").filter(service=service_id).first()
    if client is None:
        return
    service = client.service
    client.redirect_uris = [each for each in client.redirect_uris if is_native(each) or is_at(service, each)]
    client.logout_uris = [each for each in client.logout_uris if is_at(service, each)]
    client.backchannel_url = client.backchannel_url if is_at(service, client.backchannel_url) else ""
    client.save(update_fields=["redirect_uris", "logout_uris", "backchannel_url"])


@transaction.atomic
def renew_secret(client: Client, *, actor: Actor) -> str:
    """A new secret, told once; the former one opens nothing any more."""
    raw = secrets.token_urlsafe(32)
    Client.objects.filter(pk=client.pk).update(secret_digest=digest_of(raw))
    audit.record(actor, "oidc.renew_secret", client)
    return raw
