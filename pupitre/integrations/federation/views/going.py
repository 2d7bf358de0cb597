"""On the way to a provider."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pupitre.accounts.entering import safe_path
from pupitre.accounts.models import User
from pupitre.accounts.signed_in import fresh_proof, signed_in, user_of
from pupitre.integrations.federation.models import Attempt, Provider
from pupitre.integrations.federation.protocols import address_to_go
from pupitre.integrations.federation.queries import links_of, provider_at
from pupitre.integrations.federation.refusals import Refused
from pupitre.integrations.federation.services.attempting import begin
from pupitre.integrations.federation.site import here_for
from pupitre.integrations.federation.views.answers import browser_secret, keep_browser, lead, refuse


@never_cache
@require_safe
def go(request: HttpRequest, slug: str) -> HttpResponse:
    """Sign in by a provider."""
    asked = safe_path(request, request.GET.get("next", ""))
    provider = _provider(slug)
    if request.user.is_authenticated:
        return HttpResponseRedirect(asked)
    return _leave(request, provider, Attempt.Purpose.ENTER, None, asked)


@never_cache
@require_POST
@signed_in
def prove(request: HttpRequest, slug: str) -> HttpResponse:
    """Prove again who one is, by a provider already linked."""
    user, provider = user_of(request), _provider(slug)
    if provider.pk not in {link.provider_id for link in links_of(user)}:
        raise Http404
    asked = safe_path(request, request.POST.get("next", ""))
    return _leave(request, provider, Attempt.Purpose.PROVE, user, asked)


@never_cache
@require_POST
@signed_in
def link(request: HttpRequest, slug: str) -> HttpResponse:
    """Link an identity to one's account, after a fresh proof."""
    provider = _provider(slug)
    first = fresh_proof(request, back=reverse("federation:mine"))
    if first is not None:
        return first
    return _leave(request, provider, Attempt.Purpose.LINK, user_of(request), "/compte/connexions/?dit=relie")


def _leave(
    request: HttpRequest, provider: Provider, purpose: Attempt.Purpose, user: User | None, asked: str
) -> HttpResponse:
    browser = browser_secret(request)
    attempt, state = begin(provider, purpose=purpose, user=user, next_path=asked, browser=browser)
    try:
        target = address_to_go(provider, attempt, state, here_for(request, provider))
    except Refused as no:
        return refuse(request, provider, no)
    response = lead(request, provider, target) if request.method == "POST" else HttpResponseRedirect(target)
    response["Referrer-Policy"] = "no-referrer"
    keep_browser(request, response, browser)
    return response


def _provider(slug: str) -> Provider:
    provider = provider_at(slug)
    if provider is None:
        raise Http404
    return provider
