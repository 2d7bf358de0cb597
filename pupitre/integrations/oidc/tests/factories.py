"""A service that speaks OpenID Connect, for tests."""

from typing import Any

from pupitre.establishments.scope import scope
from pupitre.integrations.oidc.models import Client
from pupitre.integrations.oidc.services.clients import client_of, renew_secret, set_addresses
from pupitre.integrations.services.tests.factories import admin_of, make_service, open_service
from tests.cast import Cast

HOME = "https://cours.exemple.example/"


def make_client(cast: Cast, place: str = "college", *, address: str = HOME, **facts: Any) -> Client:
    """A client open to everyone of a school, with its addresses."""
    told = {"name": "Cours", "protocol": "oidc", "release": "oidc", "address": address, **facts}
    service = make_service(cast, place, **told)
    if not facts.get("for_academy"):
        open_service(cast, place, service=service)
    client = client_of(service)
    with scope(cast.college.pk):
        set_addresses(
            client,
            redirect_uris=[f"{address}retour"],
            logout_uris=[f"{address}au-revoir"],
            backchannel_url=f"{address}fin",
            actor=admin_of(cast),
        )
    return client


def secret_of(cast: Cast, client: Client) -> str:
    """A new secret of a client."""
    with scope(cast.college.pk):
        raw = renew_secret(client, actor=admin_of(cast))
    client.refresh_from_db()
    return raw
