"""The gesture of entering, whatever the door: a session named after its device, a mail when the device is new."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from pupitre.accounts.devices import accounts_known_here, device_name, remember_account
from pupitre.accounts.mails import tell_new_device
from pupitre.accounts.models import User
from pupitre.accounts.sessions import DEVICE_KEY, NEW_KEY, SINCE_KEY
from pupitre.foundation import clock

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def enter(request: HttpRequest, user: User, response: HttpResponse, *, quietly: bool = False) -> HttpResponse:
    """Sign the user in on this device and give the response back. `quietly`: no mail, they have just proved themselves."""
    device = device_name(request.headers.get("User-Agent", ""))[:80]
    is_new = user.pk not in accounts_known_here(request)
    login(request, user, backend=_BACKEND)
    request.session[DEVICE_KEY] = device
    request.session[SINCE_KEY] = clock.now().isoformat()
    request.session[NEW_KEY] = is_new and not quietly
    remember_account(request, response, user.pk)
    if is_new and not quietly:
        tell_new_device(user, device, account_url=request.build_absolute_uri(reverse("accounts:account")))
    return response


def safe_path(request: HttpRequest, asked: str) -> str:
    """Where to go next: a path of this site, else the home."""
    here = {request.get_host()}
    return asked if url_has_allowed_host_and_scheme(asked, here, require_https=request.is_secure()) else "/"
