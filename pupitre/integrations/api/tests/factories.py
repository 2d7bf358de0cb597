"""An application of families, opened by a school and agreed to, for tests: through the pages of the provider."""

import base64
import hashlib
from collections.abc import Collection
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.test import Client as Browser

from pupitre.establishments.scope import scope
from pupitre.integrations.api.scopes import READING
from pupitre.integrations.api.services.opening import open_scopes
from pupitre.integrations.oidc.models import Client
from pupitre.integrations.oidc.services.clients import client_of, set_addresses
from pupitre.integrations.services.tests.factories import admin_of, make_service, open_service
from tests.cast import Cast

VERIFIER = "v" * 64
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
BACK = "fr.exemple.cartable:/retour"


def make_app(cast: Cast, place: str = "college", *, scopes: Collection[str] = READING, **facts: Any) -> Client:
    """A public client with an address of its own on telephones, open to everyone of a school, with these scopes."""
    told = {"name": "Cartable", "protocol": "oidc", "release": "none", "address": "https://cartable.exemple.example/"}
    service = make_service(cast, place, **{**told, **facts})
    open_service(cast, place, service=service)
    client = client_of(service)
    with scope(getattr(cast, place).pk):
        actor = admin_of(cast, place)
        set_addresses(client, redirect_uris=[BACK], logout_uris=[], backchannel_url="", actor=actor)
        open_scopes(service, scopes, actor=actor)
    return client


def asked_by(client: Client, scopes: Collection[str], **changed: str) -> dict[str, str]:
    """What the application sends to the authorisation page."""
    facts = {
        "client_id": client.client_id, "redirect_uri": BACK, "response_type": "code", "state": "s", "nonce": "n",
        "scope": " ".join(["openid", *scopes]), "code_challenge": CHALLENGE, "code_challenge_method": "S256",
    }  # fmt: skip
    return facts | changed


def back_of(response: Any) -> dict[str, str]:
    """What the application receives, by a redirection or by the page that leads on."""
    if response.status_code == 302:
        target = response["Location"]
    else:
        target = response.content.decode().partition('content="0; url=')[2].partition('"')[0].replace("&amp;", "&")
    return {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}


def tokens_of(
    browser: Browser, client: Client, scopes: Collection[str], chosen: Collection[str] | None = None, **changed: str
) -> dict[str, Any]:
    """Tokens for somebody signed in, who agrees to all that is asked, or to what is chosen."""
    query = urlencode(asked_by(client, scopes, **changed))
    answer = browser.post(
        f"/oidc/authorize?{query}", {"accord": "oui", "portee": list(scopes if chosen is None else chosen)}
    )
    facts = {
        "grant_type": "authorization_code", "code": back_of(answer)["code"], "redirect_uri": BACK,
        "code_verifier": VERIFIER, "client_id": client.client_id,
    }  # fmt: skip
    tokens: dict[str, Any] = Browser().post("/oidc/token", facts).json()
    return tokens


class Reader:
    """An application with a token: `reader("me")`."""

    def __init__(self, token: str) -> None:
        self.token = token

    def __call__(self, path: str, query: dict[str, Any] | None = None, **headers: str) -> Any:
        sent = {"Authorization": f"Bearer {self.token}", **headers}
        return Browser().get(f"/api/v1/{path}", query or {}, headers=sent)

    def of(self, what: str, query: dict[str, Any] | None = None, *, child: int = 0) -> Any:
        """An answer about one of the students of this reader, by its place."""
        number = self("me").json()["students"][child]["number"]
        return self(f"students/{number}/{what}", query)


def reader_for(
    cast: Cast, slug: str, client: Client, scopes: Collection[str] = READING, chosen: Collection[str] | None = None
) -> Reader:
    """An application that somebody of the cast let in."""
    return Reader(tokens_of(cast.sign_in(Browser(), slug), client, scopes, chosen)["access_token"])
