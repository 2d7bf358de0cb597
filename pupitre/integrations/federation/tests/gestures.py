"""What a browser does between us and a provider."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from django.test import Client

from pupitre.foundation.models import AuditEntry


def sent_to(browser: Client, address: str) -> str:
    """Where we send the browser."""
    response = browser.get(address)
    assert response.status_code == 302, response.content.decode()[:2000]
    return str(response["Location"])


def answer_at(target: str) -> str:
    """Where the provider sends the browser back, as an address of ours."""
    response = requests.get(target, allow_redirects=False, timeout=5)
    assert response.status_code == 302, response.text
    return response.headers["Location"].removeprefix("http://testserver")


def sign_in_by(browser: Client, slug: str, next_page: str = "/") -> Any:
    """The whole way there and back."""
    return browser.get(answer_at(sent_to(browser, f"/connexion/par/{slug}/?next={next_page}")))


def asked_in(target: str) -> dict[str, str]:
    """What an address asks, one value a name."""
    return {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}


def why_refused(response: Any) -> str:
    """The reason that the journal keeps, once the page has said it with its reference."""
    assert response.status_code == 403
    entry = AuditEntry.objects.filter(verb="federation.refuse").order_by("-pk")[0]
    assert entry.user_id is None
    assert entry.person_id is None
    assert entry.detail["reference"] in response.content.decode()
    return str(entry.detail["why"])


def is_in(browser: Client) -> bool:
    return browser.get("/compte/").status_code == 200
