"""The gesture of entering, whatever the door: the second factor when one is asked, then a session named after its device."""

from urllib.parse import urlencode

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from pupitre.accounts.devices import accounts_known_here, device_name, remember_account
from pupitre.accounts.held import hold, must_set, release, required_from, trusts
from pupitre.accounts.mails import tell_new_device
from pupitre.accounts.models import User
from pupitre.accounts.services.factors import has_factor
from pupitre.accounts.sessions import DEVICE_KEY, FACTOR_KEY, FACTS_KEY, NEW_KEY, SINCE_KEY
from pupitre.foundation import clock

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def enter(
    request: HttpRequest,
    user: User,
    response: HttpResponse,
    *,
    quietly: bool = False,
    factor: str = "",
    facts: dict[str, str] | None = None,
) -> HttpResponse:
    """Sign the user in on this device and give the response back. `quietly`: no mail, they have just proved themselves.

    `factor` says which second factor was shown. Without one, whoever has a factor is sent to show it, and whoever must have
    one by now to set it: nothing is open until then. `facts`: what the way in keeps for the way out.
    """
    if not factor and has_factor(user):
        if not trusts(request, user):
            return _send(request, "accounts:verify", user, response, quietly, facts)
        factor = "device"
    elif not factor and must_set(user):
        return _send(request, "accounts:set_codes", user, response, quietly, facts)
    device = device_name(request.headers.get("User-Agent", ""))[:80]
    is_new = user.pk not in accounts_known_here(request)
    login(request, user, backend=_BACKEND)
    request.session[DEVICE_KEY] = device
    request.session[SINCE_KEY] = clock.now().isoformat()
    request.session[NEW_KEY] = is_new and not quietly
    request.session[FACTOR_KEY] = factor
    if facts:
        request.session[FACTS_KEY] = facts
    if not factor and response.has_header("Location") and required_from(user):
        response["Location"] = f"{reverse('accounts:soon')}?{urlencode({'next': response['Location']})}"
    remember_account(request, response, user.pk)
    release(request, response)
    if is_new and not quietly:
        tell_new_device(user, device, account_url=request.build_absolute_uri(reverse("accounts:account")))
    return response


def safe_path(request: HttpRequest, asked: str) -> str:
    """Where to go next: a path of this site, else the home."""
    here = {request.get_host()}
    return asked if url_has_allowed_host_and_scheme(asked, here, require_https=request.is_secure()) else "/"


def is_held(request: HttpRequest, user: User) -> bool:
    """Whether this account will be asked for its second factor on this browser."""
    return has_factor(user) and not trusts(request, user)


def _send(
    request: HttpRequest, route: str, user: User, response: HttpResponse, quietly: bool, facts: dict[str, str] | None
) -> HttpResponse:
    target = safe_path(request, response["Location"]) if response.has_header("Location") else "/"
    answer = HttpResponseRedirect(f"{reverse(route)}?{urlencode({'next': target})}")
    return hold(answer, user, quietly=quietly, facts=facts)
