"""The page that browsers are sent to: entering a service by OpenID Connect."""

import datetime as dt
import logging
import secrets
from collections.abc import Sequence
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pupitre.accounts.proving import new_mark, proved_at, proved_since
from pupitre.directory.identity import Identity
from pupitre.directory.middleware import DirectoryRequest
from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.oidc.native import is_native
from pupitre.integrations.oidc.scopes import Scope, agree_to, agreed_to, kept_of, wanted_of
from pupitre.integrations.oidc.services.granting import grant_code
from pupitre.integrations.oidc.views.asked import Asked, Refused, read
from pupitre.integrations.services.queries import Admission, admissions, has_agreed, tile_of
from pupitre.integrations.services.services.outcomes import agree

_log = logging.getLogger(__name__)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def authorize(request: HttpRequest) -> HttpResponse:
    """Send the person back with a code, after whatever must be asked of them. A POST is their answer to our own page."""
    asked, identity = read(request.GET), cast(DirectoryRequest, request).identity
    if asked is None:
        return _refuse(request)
    try:
        asked.check()
        if identity is None:
            return _ask(asked)
        if _must_prove(request, asked):
            return _prove(asked)
        return _admit(request, asked, identity)
    except Refused as no:
        return _leave(request, asked, asked.answer(error=no.code))


def _ask(asked: Asked) -> HttpResponse:
    if "none" in asked.prompts:
        raise Refused("login_required")
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': asked.url(depuis=new_mark())})}")


def _prove(asked: Asked) -> HttpResponse:
    if "none" in asked.prompts:
        raise Refused("login_required")
    return HttpResponseRedirect(f"{reverse('accounts:prove')}?{urlencode({'next': asked.url(depuis=new_mark())})}")


def _must_prove(request: HttpRequest, asked: Asked) -> bool:
    if "login" not in asked.prompts and asked.max_age is None:
        return False
    if proved_since(request, asked.facts.get("depuis", "")):
        return False
    proof = proved_at(request)
    if "login" in asked.prompts or proof is None:
        return True
    return clock.now() - proof > dt.timedelta(seconds=asked.max_age or 0)


def _admit(request: HttpRequest, asked: Asked, identity: Identity) -> HttpResponse:
    found = admissions(identity, [asked.client.service])
    school = asked.facts.get("ecole", "").upper()
    found = [each for each in found if each.actor.uai == school] or found
    if not found:
        raise Refused("access_denied")
    if len(found) > 1:
        if "none" in asked.prompts:
            raise Refused("account_selection_required")
        choices = [(each, asked.url(ecole=each.actor.uai)) for each in found]
        return render(request, "services/choose.html", {"choices": choices, "service": asked.client.service})
    (admission,) = found
    with scope(admission.actor.establishment_id):
        wanted = wanted_of(asked.scopes, admission.connector, admission.actor)
        agreed = _agreed(request, asked, admission, wanted)
    if agreed is None:
        return _consent(request, asked, admission, wanted)
    raw = grant_code(
        client=asked.client,
        person_id=identity.person,
        establishment_id=admission.actor.establishment_id,
        session_key=identity.session,
        scope=" ".join([asked.scope, *(each.key for each in wanted if each.key in agreed)]),
        redirect_uri=asked.facts["redirect_uri"],
        nonce=asked.facts.get("nonce", ""),
        challenge=asked.facts["code_challenge"],
        proved_at=proved_at(request),
    )
    return _leave(request, asked, asked.answer(code=raw))


def _agreed(request: HttpRequest, asked: Asked, admission: Admission, wanted: Sequence[Scope]) -> frozenset[str] | None:
    """What the person lets the service read besides who they are; None when they must be asked.

    In the open school. Raises Refused when they do not agree to what it receives. At an address of an application, they are
    asked each time: any program of the device may send a browser there in its name and take the code (RFC 8252, 8.6).
    """
    connector, actor = admission.connector, admission.actor
    if request.method == "POST":
        if request.POST.get("accord") != "oui":
            raise Refused("access_denied")
        agree(connector, person_id=actor.person_id)
        return agree_to(wanted, request.POST.getlist("portee"), connector, actor)
    may_be_silent = "consent" not in asked.prompts and not is_native(asked.facts["redirect_uri"])
    if may_be_silent and has_agreed(connector, actor.person_id):
        agreed = agreed_to(wanted, connector, actor)
        if agreed is not None:
            return agreed
    if "none" in asked.prompts:
        raise Refused("consent_required")
    return None


def _consent(request: HttpRequest, asked: Asked, admission: Admission, wanted: Sequence[Scope]) -> HttpResponse:
    connector, actor = admission.connector, admission.actor
    with scope(actor.establishment_id):
        tile = tile_of(admission)
        is_first, kept = not has_agreed(connector, actor.person_id), kept_of(wanted, connector, actor)
    context = {
        "tile": tile,
        "action": asked.url(),
        "tu": Profile.STUDENT in actor.profiles,
        "school": admission.school,
        "scopes": wanted,
        "is_first": is_first,
        "kept": kept,
    }
    # Not « no-referrer »: browsers would hide where its form comes from, and it would be refused as forged.
    return render(request, "oidc/consent.html", context)


def _leave(request: HttpRequest, asked: Asked, target: str) -> HttpResponse:
    """To the service. After a form of ours, by a page: browsers refuse that a form ends outside (`form-action`)."""
    if request.method == "POST" or asked.facts.get("depuis"):
        context = {"target": target, "service": asked.client.service}
        return _discreet(render(request, "services/leaving.html", context))
    # Not a redirection of Django, which knows no private scheme: the target is one of those that were registered.
    return _discreet(HttpResponse(status=302, headers={"Location": target}))


def _refuse(request: HttpRequest) -> HttpResponse:
    reference = secrets.token_hex(3).upper()
    _log.warning("OpenID Connect: %s, unknown client or redirection", reference)
    context = {"why": "unknown", "service": None, "reference": reference}
    return _discreet(render(request, "services/refused.html", context, status=403))


def _discreet(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "no-referrer"
    return response
