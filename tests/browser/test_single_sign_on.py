"""A student signs in once, at an outside provider of identity, enters three tools that others wrote, and leaves them all."""

import os
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from authlib.integrations.requests_client import OAuth2Session
from cas import CASClient
from joserfc import jwt
from joserfc.jwk import KeySet
from playwright.sync_api import Page

from pupitre.integrations.federation.tests.conftest import known, peer, provider_at, server
from pupitre.integrations.federation.tests.peer import Peer
from pupitre.integrations.lti.tests.factories import make_link, make_tool
from pupitre.integrations.lti.tests.peer import Peer as Tool
from pupitre.integrations.lti.tests.peer import listening, on_our_time
from pupitre.integrations.oidc.services.ending import EVENT
from pupitre.integrations.oidc.tests.factories import make_client, secret_of
from pupitre.integrations.oidc.tests.test_clients import VERIFIER, asked_by
from pupitre.integrations.services.tests.factories import open_service
from pupitre.integrations.services.tests.stands import Heard, service
from tests.browser.conftest import OpenPage
from tests.cast import Cast
from tests.jobs import run_jobs

__all__ = ("known", "peer", "server", "service")
os.environ.setdefault("AUTHLIB_INSECURE_TRANSPORT", "1")
INES = {"sub": "ines", "FrEduCtPersonAffiliation": ["eleve2d"], "FrEduCtRefId": ["{AAF}015|x|100"]}


@pytest.fixture
def tool(cast: Cast, address: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tool]:
    """A tool of exercises written with pylti1p3."""
    settings.SITE_URL, settings.OUTSIDE_TRUSTED_HOSTS = address, ["127.0.0.1", "localhost"]
    on_our_time(monkeypatch)
    made = Tool()
    with listening(made):
        facts = {"jwks_url": f"{made.url}/jwks", "keys": None}
        made.know(make_tool(cast, address=f"{made.url}/", facts=facts), address, cast.college.uai)
        yield made


def query_of(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def into_cas(page: Page, address: str, stand: Heard) -> str:
    """Enter a service that python-cas protects; the ticket."""
    home = f"{stand.url}/cours"
    client = CASClient(version=3, service_url=home, server_url=f"{address}/cas/")
    page.goto(client.get_login_url())
    page.wait_for_url(f"{home}?ticket=**")
    ticket = query_of(page.url)["ticket"]
    _user, attributes, _pgt = client.verify_ticket(ticket)
    assert attributes["lastName"] == "BELKACEM"
    return ticket


def into_oidc(page: Page, address: str, client: Any, secret: str) -> dict[str, Any]:
    """Enter a service that authlib protects, agreeing to what it learns; who it says is there."""
    page.goto(f"/oidc/authorize?{urlencode(asked_by(client, redirect_uri=client.redirect_uris[0]))}")
    page.get_by_role("button", name="D’accord, continuer").click()
    page.wait_for_url(f"{client.redirect_uris[0]}?**")
    session = OAuth2Session(client.client_id, secret, redirect_uri=client.redirect_uris[0])
    session.fetch_token(f"{address}/oidc/token", code=query_of(page.url)["code"], code_verifier=VERIFIER)
    told: dict[str, Any] = session.get(f"{address}/oidc/userinfo").json()
    assert told["family_name"] == "BELKACEM"
    return told


def into_tool(page: Page, cast: Cast) -> None:
    """Open a content of the tool from « Mes services », in the window of its own."""
    page.goto("/mes-services/")
    page.get_by_role("link", name="Ouvrir Exercices").click()
    with page.expect_popup() as opened:
        page.get_by_role("link", name=re.compile("Fractions")).click()
    opened.value.wait_for_url("**/launch")
    assert opened.value.locator("body").inner_text() == "ok"


def test_one_sign_in_opens_three_tools_and_one_exit_leaves_them(
    cast: Cast, page_as: OpenPage, address: str, peer: Peer, known: None, service: Heard, tool: Tool
):
    provider_at(peer, "families", "educonnect")
    peer.back, peer.claims = f"{address}/connexion/par/educonnect/retour/", INES
    open_service(cast, address=f"{service.url}/cours")
    client = make_client(cast, address=f"{service.url}/notes/")
    assert tool.tool
    link = make_link(cast, tool.tool)

    page = page_as(None)
    page.goto("/connexion/")
    page.get_by_role("link", name=re.compile("Élève ou parent")).click()
    page.wait_for_url(f"{address}/")
    ticket = into_cas(page, address, service)
    told = into_oidc(page, address, client, secret_of(cast, client))
    into_tool(page, cast)
    (launch,) = tool.heard
    assert launch["family_name"] == "BELKACEM"
    # Each knows her by a number of its own; she typed nothing here.
    assert launch["sub"] != told["sub"]

    service.clear()
    page.goto("/cas/logout")
    assert page.locator("h1").inner_text() == "Vous êtes déconnecté"
    assert sorted(run_jobs()) == ["cas.single_logout", "oidc.backchannel_logout"]
    said = {path: fields for method, path, fields in service if method == "POST"}
    assert f"<samlp:SessionIndex>{ticket}</samlp:SessionIndex>" in said["/cours"]["logoutRequest"]
    keys = KeySet.import_key_set(requests.get(f"{address}/oidc/jwks", timeout=10).json())
    ended = jwt.decode(said["/notes/fin"]["logout_token"], keys, algorithms=["RS256"]).claims
    assert (ended["sub"], ended["events"]) == (told["sub"], {EVENT: {}})
    # LTI has no logout of its own: the tool is not told, and nobody is led there any more.
    page.goto(f"/{cast.college.uai}/outils/{link.pk}/")
    assert "/connexion/" in page.url
    for outside in (service.url, tool.url, peer.url, "ERR_CONNECTION_RESET", "404"):
        page_as.forgive(outside)
