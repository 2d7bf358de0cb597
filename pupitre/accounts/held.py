"""A sign-in on hold: the password was right, the second factor is still to be shown or to be set. Nothing is open meanwhile."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, dumps, loads
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from pupitre.accounts.models import User
from pupitre.accounts.services.factors import has_factor
from pupitre.accounts.services.trusting import TRUST, is_trusted
from pupitre.foundation import clock
from pupitre.foundation.registry import FactorRule, offered

_COOKIE, _SALT, _TEN_MINUTES = "pupitre_verification", "pupitre.held", 600
_TRUST_COOKIE = "pupitre_confiance"


@dataclass(frozen=True, slots=True)
class Held:
    """Who waits. `quietly`: no mail for a new device. `facts`: what the way in keeps for the way out."""

    user: User
    quietly: bool
    facts: dict[str, str] | None = None


def required_from(user: User) -> dt.date | None:
    """From which day this account must have a second factor, or None."""
    days = [day for rule in offered(FactorRule) if (day := rule.required_from(user.pk))]
    return min(days, default=None)


def hold(response: HttpResponse, user: User, *, quietly: bool, facts: dict[str, str] | None = None) -> HttpResponse:
    """Remember for ten minutes, in a cookie that only this server could write, that this password was right."""
    sealed = dumps([user.pk, user.get_session_auth_hash(), quietly, facts], salt=_SALT, compress=True)
    response.set_cookie(
        _COOKIE, sealed, max_age=_TEN_MINUTES, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response


def held_here(request: HttpRequest) -> Held | None:
    """Who waits on this browser; None after ten minutes, or when the password or the state of the account has changed."""
    try:
        user_id, proof, quietly, facts = loads(request.COOKIES.get(_COOKIE, ""), salt=_SALT, max_age=_TEN_MINUTES)
    except (BadSignature, ValueError):
        return None
    user = User.objects.filter(pk=user_id, state=User.State.ACTIVE).first()
    if user is None or not constant_time_compare(user.get_session_auth_hash(), proof):
        return None
    return Held(user, bool(quietly), facts)


def release(request: HttpRequest, response: HttpResponse) -> None:
    """The wait is over."""
    if _COOKIE in request.COOKIES:
        response.delete_cookie(_COOKIE, samesite="Lax")


def must_set(user: User) -> bool:
    """Whether a second factor is asked of this account, which has none, and the day has come."""
    day = required_from(user)
    return day is not None and day <= clock.today() and not has_factor(user)


def trusts(request: HttpRequest, user: User) -> bool:
    """Whether this browser was asked to be remembered, for this account."""
    return is_trusted(user, request.COOKIES.get(_name(user), ""))


def keep_trust(response: HttpResponse, user: User, token: str) -> None:
    """Give the browser the token that makes it trusted."""
    age = int(TRUST.total_seconds())
    response.set_cookie(
        _name(user), token, max_age=age, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def _name(user: User) -> str:
    """One cookie an account: a family may share a computer."""
    return f"{_TRUST_COOKIE}_{user.pk}"
