"""What SAML needs of us: the address where answers are posted, our metadata, the return of a sign-out."""

import datetime as dt
import secrets

import msgspec
from django.conf import settings
from django.contrib.auth import logout
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from pupitre.accounts.models import User
from pupitre.accounts.sealing import seal, unseal
from pupitre.accounts.sessions import FACTS_KEY
from pupitre.foundation import clock
from pupitre.integrations.federation.models import Attempt, Provider
from pupitre.integrations.federation.queries import provider_at
from pupitre.integrations.federation.refusals import Refused
from pupitre.integrations.federation.saml import metadata_of, read_answer, read_leaving
from pupitre.integrations.federation.services.attempting import take, use_once
from pupitre.integrations.federation.site import here_for
from pupitre.integrations.federation.told import Told, read
from pupitre.integrations.federation.views.answers import browser_of, refuse
from pupitre.integrations.federation.views.coming import finish

_A_MINUTE = 60
_A_DAY = dt.timedelta(days=1)


class _Waiting(msgspec.Struct):
    """An identity that was proved, until the browser comes with its session."""

    purpose: str
    user: int
    next_path: str
    told: Told
    facts: dict[str, str]


@never_cache
@csrf_exempt
@require_POST
def assertion(request: HttpRequest, slug: str) -> HttpResponse:
    """An answer, in a form that the provider has the browser send: its signature stands for a token of ours."""
    provider = _provider(slug)
    try:
        # The relay state is a key to what this browser began, never an address.
        attempt = take(provider, state=request.POST.get("RelayState", ""), browser=browser_of(request))
        here = here_for(request, provider)
        read_well = read_answer(provider, attempt, request.POST.get("SAMLResponse", ""), here.back, here.entity)
        use_once(provider, "assertion", read_well.number, until=read_well.until)
        told = read(read_well.attributes, subject=read_well.lasting)
        facts = {"provider": provider.slug, **read_well.facts}
        if attempt.purpose == Attempt.Purpose.ENTER:
            return finish(request, provider, attempt, told, facts)
        return _wait(provider, attempt, told, facts)
    except Refused as no:
        return refuse(request, provider, no)


@never_cache
@require_safe
def proceed(request: HttpRequest, slug: str) -> HttpResponse:
    """What was proved for somebody who is signed in: a form sent by another site comes without their session, this page with it."""
    provider = _provider(slug)
    try:
        place = _place(request.GET.get("cle", ""))
        kept = cache.get(place)
        if kept is None or not cache.delete(place):
            raise Refused("expired")
        waiting = msgspec.json.decode(unseal(kept), type=_Waiting)
        attempt = Attempt(
            provider=provider,
            purpose=waiting.purpose,
            next_path=waiting.next_path,
            user=User.objects.filter(pk=waiting.user).first(),
        )
        return finish(request, provider, attempt, waiting.told, waiting.facts)
    except Refused as no:
        return refuse(request, provider, no)


@require_safe
def metadata(request: HttpRequest, slug: str) -> HttpResponse:
    """What the provider must know of us."""
    provider = _provider(slug)
    here = here_for(request, provider)
    return HttpResponse(metadata_of(provider, here.back, here.entity), content_type="application/samlmetadata+xml")


@never_cache
@require_safe
def signed_out(request: HttpRequest, slug: str) -> HttpResponse:
    """Back from a sign-out there, of which nothing is believed; or a sign-out that begins there, and ends this session."""
    provider = _provider(slug)
    if "SAMLRequest" not in request.GET:
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?dit=au-revoir")
    here = here_for(request, provider)
    try:
        leaving = read_leaving(provider, request.GET.dict(), here.back, here.entity)
        use_once(provider, "logout", leaving.number, until=clock.now() + _A_DAY)
    except Refused as no:
        return refuse(request, provider, no)
    facts = request.session.get(FACTS_KEY) or {}
    if facts.get("provider") == provider.slug and facts.get("name_id") == leaving.name_id:
        logout(request)
    response = HttpResponseRedirect(leaving.answer)
    response["Clear-Site-Data"] = '"cache"'
    response["Referrer-Policy"] = "no-referrer"
    return response


def _wait(provider: Provider, attempt: Attempt, told: Told, facts: dict[str, str]) -> HttpResponse:
    ticket = secrets.token_urlsafe(32)
    waiting = _Waiting(attempt.purpose, attempt.user_id or 0, attempt.next_path, told, facts)
    cache.set(_place(ticket), seal(msgspec.json.encode(waiting)), _A_MINUTE)
    address = reverse("federation:proceed", args=[provider.slug])
    return HttpResponseRedirect(f"{address}?{urlencode({'cle': ticket})}")


def _place(ticket: str) -> str:
    plain = ticket.replace("-", "").replace("_", "")
    return f"federation:waiting:{ticket if plain.isascii() and plain.isalnum() and len(ticket) == 43 else ''}"


def _provider(slug: str) -> Provider:
    provider = provider_at(slug, Provider.Protocol.SAML)
    if provider is None:
        raise Http404
    return provider
