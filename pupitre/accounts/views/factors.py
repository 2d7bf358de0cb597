"""« Double vérification »: setting a second factor, and removing it. Asks for the password again when it is older than ten minutes.

The first factor may also be set in the middle of a sign-in, when the school's day has come (`held.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.accounts.devices import device_name
from pupitre.accounts.entering import enter, safe_path
from pupitre.accounts.forms_factors import FirstCodeForm, KeyForm
from pupitre.accounts.held import held_here, must_set, required_from
from pupitre.accounts.mails import tell_factor_changed
from pupitre.accounts.models import User
from pupitre.accounts.services import factors, passkeys, trusting
from pupitre.accounts.sessions import FACTOR_KEY
from pupitre.accounts.signed_in import fresh_proof, signed_in, user_of
from pupitre.accounts.views.arriving import origin_of
from pupitre.accounts.views.second_factor import why
from pupitre.foundation import clock

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Owner:
    """Who sets a factor: signed in, or in the middle of a sign-in (`is_held`)."""

    user: User
    is_held: bool
    quietly: bool = False
    facts: dict[str, str] | None = None


def proved(view: View) -> View:
    """Ask who it is; then for the password again, when it was typed more than ten minutes ago."""

    @wraps(view)
    @signed_in
    def guarded(request: HttpRequest, **names: int) -> HttpResponse:
        return fresh_proof(request) or view(request, **names)

    return guarded


@never_cache
@require_safe
@signed_in
def overview(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    context = {
        "known": factors.factors_of(user),
        "day": required_from(user),
        "today": clock.today(),
        "said": request.GET.get("dit", ""),
    }
    return render(request, "accounts/factors.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_codes(request: HttpRequest) -> HttpResponse:
    owner = _owner(request)
    if isinstance(owner, HttpResponse):
        return owner
    if factors.factors_of(owner.user).codes:
        return _back("codes-deja")
    form = FirstCodeForm(request.POST if request.method == "POST" else None, initial={"next": _asked(request)})
    if request.method == "POST" and form.is_valid():
        try:
            factors.confirm_codes(owner.user, form.cleaned_data["code"], stay=request.session.session_key or "")
        except factors.WrongCode as refusal:
            form.add_error("code", why(refusal))
        else:
            return _added(request, owner, "codes")
    secret = factors.begin_codes(owner.user)
    address = factors.address_of(owner.user, secret)
    context = {
        "form": form,
        "is_held": owner.is_held,
        "square": segno.make(address, error="m").png_data_uri(scale=5, border=3),
        "address": address,
        "secret": [secret[at : at + 4] for at in range(0, len(secret), 4)],
        "next": _asked(request),
    }
    return render(request, "accounts/set_codes.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_passkey(request: HttpRequest) -> HttpResponse:
    owner = _owner(request)
    if isinstance(owner, HttpResponse):
        return owner
    sent = KeyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            if not sent.is_valid():
                raise passkeys.KeyRefused
            facts = sent.cleaned_data
            passkeys.add(
                owner.user,
                answer=facts["answer"],
                ticket=facts["ticket"],
                name=facts["name"].strip() or device_name(request.headers.get("User-Agent", ""))[:80],
                origin=origin_of(request),
                stay=request.session.session_key or "",
            )
        except passkeys.KeyRefused:
            return _passkey_page(request, owner, refused=True)
        return _added(request, owner, "passkey")
    return _passkey_page(request, owner)


@require_POST
@proved
def remove_codes(request: HttpRequest) -> HttpResponse:
    if factors.remove_codes(user_of(request)):
        tell_factor_changed(user_of(request), _("les codes du téléphone ne sont plus demandés"))
    return _back("codes-retires")


@require_POST
@proved
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    if passkeys.remove(user_of(request), pk):
        tell_factor_changed(user_of(request), _("une clé d’accès est retirée"))
    return _back("cle-retiree")


@require_POST
@proved
def recovery_codes(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    if not factors.has_factor(user):
        return _back("")
    return _codes_page(request, factors.draw_recovery_codes(user))


@require_POST
@signed_in
def trust_no_more(request: HttpRequest, pk: int) -> HttpResponse:
    trusting.trust_no_more(user_of(request), pk)
    return redirect(f"{reverse('accounts:account')}?dit=appareil-oublie")


def _owner(request: HttpRequest) -> Owner | HttpResponse:
    """Whoever may set a factor, or where to go first."""
    if request.user.is_authenticated:
        return fresh_proof(request) or Owner(user_of(request), is_held=False)
    held = held_here(request)
    # Whoever has a factor shows it: setting another one would be a way around.
    if held is not None and must_set(held.user):
        return Owner(held.user, is_held=True, quietly=held.quietly, facts=held.facts)
    return redirect("accounts:sign_in")


def _added(request: HttpRequest, owner: Owner, kind: str) -> HttpResponse:
    """The factor is set: the person enters if they were on hold, and is given recovery codes if there are none."""
    user = owner.user
    is_first = not factors.factors_of(user).recovery
    words = {"codes": _("les codes d’un téléphone sont demandés"), "passkey": _("une clé d’accès est ajoutée")}
    tell_factor_changed(user, words[kind])
    response: HttpResponse = HttpResponseRedirect(_asked(request))
    if owner.is_held:
        response = HttpResponse() if is_first else response
        response = enter(request, user, response, factor=kind, quietly=owner.quietly, facts=owner.facts)
    else:
        request.session[FACTOR_KEY] = kind
        response = HttpResponse() if is_first else _back(f"{kind}-ajoute")
    if is_first:
        response.content = _codes_page(request, factors.draw_recovery_codes(user)).content
    return response


def _codes_page(request: HttpRequest, codes: list[str]) -> HttpResponse:
    context = {"codes": codes, "next": _asked(request, "accounts:factors"), "username": user_of(request).username}
    return render(request, "accounts/recovery_codes.html", context)


def _passkey_page(request: HttpRequest, owner: Owner, *, refused: bool = False) -> HttpResponse:
    options, ticket = passkeys.ask_for_new(owner.user, origin_of(request))
    context = {
        "is_held": owner.is_held,
        "options": options,
        "ticket": ticket,
        "device": device_name(request.headers.get("User-Agent", "")),
        "name": request.POST.get("name", ""),
        "refused": refused,
        "next": _asked(request),
    }
    return render(request, "accounts/set_passkey.html", context, status=422 if refused else 200)


def _asked(request: HttpRequest, otherwise: str = "") -> str:
    asked = (request.POST if request.method == "POST" else request.GET).get("next", "")
    return reverse(otherwise) if otherwise and not asked else safe_path(request, asked)


def _back(said: str) -> HttpResponse:
    return redirect(f"{reverse('accounts:factors')}?dit={said}")
