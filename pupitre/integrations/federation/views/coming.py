"""Back from a provider: the person enters, links an identity, or has proved who they are."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pupitre.accounts.entering import enter, safe_path
from pupitre.accounts.proving import prove_now
from pupitre.integrations.federation.models import Attempt, Provider
from pupitre.integrations.federation.oidc import told_by_code
from pupitre.integrations.federation.queries import provider_at
from pupitre.integrations.federation.refusals import Refused
from pupitre.integrations.federation.services.attempting import take
from pupitre.integrations.federation.services.entering import account_of, is_linked, link_by_hand
from pupitre.integrations.federation.site import here_for
from pupitre.integrations.federation.told import Told, read
from pupitre.integrations.federation.views.answers import browser_of, refuse
from pupitre.integrations.services.addresses import WrongAddress, parse_address

_LONGEST_HINT = 1500


@never_cache
@require_safe
def back(request: HttpRequest, slug: str) -> HttpResponse:
    """The return of OpenID Connect: a code, or an error."""
    provider = _provider(slug, Provider.Protocol.OIDC)
    facts = request.GET
    try:
        attempt = take(provider, state=facts.get("state", ""), browser=browser_of(request))
        if facts.get("error"):
            raise Refused("cancelled" if facts["error"] in _CANCELLED else "unreachable")
        # Mix-up of two providers (RFC 9207): when it says who it is, it must be the one that was asked.
        if facts.get("iss", provider.issuer) != provider.issuer or not facts.get("code"):
            raise Refused("untrusted")
        claims, raw = told_by_code(provider, attempt, facts["code"], here_for(request, provider).back)
        told = read(claims, subject=str(claims["sub"]))
        hint = raw if len(raw) <= _LONGEST_HINT else ""
        return finish(request, provider, attempt, told, {"provider": provider.slug, "hint": hint})
    except Refused as no:
        return refuse(request, provider, no)


def finish(
    request: HttpRequest, provider: Provider, attempt: Attempt, told: Told, facts: dict[str, str]
) -> HttpResponse:
    """What the sign-in was for. `facts` go with the session, for the day it is signed out. Raises Refused."""
    response = HttpResponseRedirect(safe_path(request, attempt.next_path))
    if attempt.purpose == Attempt.Purpose.ENTER:
        return enter(
            request, account_of(provider, told), response, facts=facts | {"return_url": _plain(told.return_url)}
        )
    if attempt.user is None or not request.user.is_authenticated or request.user.pk != attempt.user.pk:
        raise Refused("expired")
    if attempt.purpose == Attempt.Purpose.LINK:
        link_by_hand(provider, told, attempt.user)
    elif is_linked(provider, told, attempt.user):
        prove_now(request)
    else:
        raise Refused("taken")
    return response


def _plain(address: str) -> str:
    """Where the provider wants browsers to go once signed out: a plain https address, or nothing."""
    try:
        return parse_address(address).raw if address else ""
    except WrongAddress:
        return ""


_CANCELLED = ("access_denied", "login_required", "interaction_required", "consent_required")


def _provider(slug: str, protocol: Provider.Protocol) -> Provider:
    provider = provider_at(slug, protocol)
    if provider is None:
        raise Http404
    return provider
