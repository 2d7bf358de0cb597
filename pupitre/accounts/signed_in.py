"""Pages for whoever is signed in, outside the schools; and those that ask for a proof that is fresh."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from pupitre.accounts.lost_session import answer_lost_session
from pupitre.accounts.models import User
from pupitre.accounts.proving import proved_at
from pupitre.foundation import clock

View = Callable[..., HttpResponse]
_FRESH = dt.timedelta(minutes=10)


def signed_in(view: View) -> View:
    """Ask who it is, then come back; a form that was being sent is kept."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            return answer_lost_session(request)
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.path})}")

    return guarded


def user_of(request: HttpRequest) -> User:
    """Who is signed in."""
    return cast(User, request.user)


def fresh_proof(request: HttpRequest, *, back: str = "") -> HttpResponse | None:
    """Where to prove who one is first, when the last proof is older than ten minutes; else None.

    `back`: the page to come back to after a form, which is sent again by its own button.
    """
    proof = proved_at(request)
    if proof is not None and clock.now() - proof < _FRESH:
        return None
    page = request.get_full_path() if request.method != "POST" else back or reverse("accounts:factors")
    return HttpResponseRedirect(f"{reverse('accounts:prove')}?{urlencode({'next': page})}")
