import logging
import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from pupitre.accounts.sealing import seal
from pupitre.accounts.tests.conftest import parent, teacher
from pupitre.directory.models import ExternalId
from pupitre.foundation import clock
from pupitre.integrations.federation.models import Provider
from pupitre.integrations.federation.tests.peer import CLIENT, SECRET, Peer, running

__all__ = ("parent", "teacher")
os.environ.setdefault("AUTHLIB_INSECURE_TRANSPORT", "1")


@pytest.fixture(scope="module")
def server() -> Iterator[Peer]:
    """The provider of authlib, for a whole file of tests."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with running(Peer()) as peer:
        yield peer


@pytest.fixture
def peer(server: Peer, tuesday: object, settings: Any) -> Peer:
    """The provider as it is when it is honest."""
    fresh = Peer()
    url, server.asked = server.url, []
    for name in ("claims", "lie", "forge", "info", "tampered"):
        setattr(server, name, getattr(fresh, name))
    server.url, server.now = url, int(clock.now().timestamp())
    settings.OUTSIDE_TRUSTED_HOSTS = ["127.0.0.1"]
    cache.clear()
    return server


def provider_at(peer: Peer, kind: str, slug: str) -> Provider:
    peer.back = f"http://testserver/connexion/par/{slug}/retour/"
    return Provider.objects.create(
        slug=slug, name="ÉduConnect" if kind == "families" else "le guichet de l’académie", kind=kind, protocol="oidc",
        issuer=peer.url, client_id=CLIENT, secret=seal(SECRET.encode()),
    )  # fmt: skip


@pytest.fixture
def educonnect(db: None, peer: Peer) -> Provider:
    """The provider of families."""
    return provider_at(peer, "families", "educonnect")


@pytest.fixture
def guichet(db: None, peer: Peer) -> Provider:
    """The provider of staff."""
    return provider_at(peer, "agents", "guichet")


@pytest.fixture
def known(cast) -> None:
    """What the national directory says of two people of the cast."""
    for slug, key in (("eleve", "100"), ("parent", "200")):
        ExternalId.objects.create(person=cast.people[slug], source="aaf", namespace="15", value=key)


@pytest.fixture
def browser() -> Client:
    """Somebody's browser."""
    return Client()
