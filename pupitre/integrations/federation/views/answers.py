"""What the pages of this room share: the cookie that ties a sign-in to its browser, refusals, ways out."""

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pupitre.foundation import audit
from pupitre.integrations.federation.models import Provider
from pupitre.integrations.federation.refusals import WORDS, Refused

_log = logging.getLogger(__name__)
_COOKIE, _TEN_MINUTES = "pupitre_federation", 600


def browser_secret(request: HttpRequest) -> str:
    """The secret of this browser, or a new one: several tabs may sign in at once."""
    kept = request.COOKIES.get(_COOKIE, "")
    return kept if 40 <= len(kept) <= 64 else secrets.token_urlsafe(32)


def keep_browser(request: HttpRequest, response: HttpResponse, secret: str) -> None:
    """Give the browser its secret, for ten minutes.

    The answer of a SAML provider is a form sent from its site: no other cookie of ours comes with it, and this one opens
    nothing by itself. « SameSite=None » is only for https, which browsers grant to localhost as well.
    """
    crosses = request.is_secure() or request.get_host().partition(":")[0] == "localhost"
    response.set_cookie(
        _COOKIE, secret, max_age=_TEN_MINUTES, path="/connexion/", httponly=True,
        secure=crosses, samesite="None" if crosses else "Lax",
    )  # fmt: skip


def browser_of(request: HttpRequest) -> str:
    """The secret that this browser holds, or nothing."""
    return request.COOKIES.get(_COOKIE, "")


def refuse(request: HttpRequest, provider: Provider, no: Refused) -> HttpResponse:
    """A page that says why and what to do; its reference is in the journal, which names nobody."""
    reference = secrets.token_hex(3).upper()
    audit.record(None, "federation.refuse", provider, why=no.why, reference=reference)
    _log.warning("federation: %s, %s, provider %s", reference, no.why, provider.pk)
    context = {"words": WORDS[no.why], "why": no.why, "provider": provider, "reference": reference}
    response = render(request, "federation/refused.html", context, status=403)
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response


def lead(request: HttpRequest, provider: Provider, target: str) -> HttpResponse:
    """On to the provider after a form of ours, by a page: browsers refuse that a form ends outside (`form-action`)."""
    response = render(request, "federation/leaving.html", {"target": target, "provider": provider})
    response["Referrer-Policy"] = "no-referrer"
    return response
