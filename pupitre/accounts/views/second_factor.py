"""The second step of signing in: a code or a key; and the page that says from when one will be asked."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.accounts.devices import device_name
from pupitre.accounts.entering import safe_path
from pupitre.accounts.forms_factors import KeyForm, VerifyForm
from pupitre.accounts.held import Held, held_here, keep_trust, required_from
from pupitre.accounts.services.factors import WrongCode, has_factor, verify
from pupitre.accounts.services.passkeys import verify_key
from pupitre.accounts.services.trusting import trust
from pupitre.accounts.signed_in import signed_in, user_of
from pupitre.accounts.views.arriving import enter_where, origin_of, verification_page
from pupitre.foundation.ui.french import hour


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify_code(request: HttpRequest) -> HttpResponse:
    held = held_here(request)
    if held is None or not has_factor(held.user):
        return redirect("accounts:sign_in")
    if request.method != "POST":
        asked = safe_path(request, request.GET.get("next", ""))
        return verification_page(request, held.user, VerifyForm(initial={"next": asked}))
    form = VerifyForm(request.POST)
    if form.is_valid():
        try:
            factor = verify(held.user, form.cleaned_data["code"])
        except WrongCode as refusal:
            form.add_error("code", why(refusal))
        else:
            return _enter(request, held, factor, form)
    return verification_page(request, held.user, form, status=422)


@never_cache
@require_POST
def verify_passkey(request: HttpRequest) -> HttpResponse:
    held = held_here(request)
    if held is None or not has_factor(held.user):
        return redirect("accounts:sign_in")
    sent = KeyForm(request.POST)
    try:
        if not sent.is_valid():
            raise WrongCode
        facts = sent.cleaned_data
        verify_key(held.user, answer=facts["answer"], ticket=facts["ticket"], origin=origin_of(request))
    except WrongCode as refusal:
        form = VerifyForm({name: request.POST.get(name, "") for name in ("next", "kept")})
        form.is_valid()
        form.errors.clear()
        form.add_error(None, why(refusal, key=True))
        return verification_page(request, held.user, form, status=422)
    return _enter(request, held, "passkey", sent)


@never_cache
@require_safe
@signed_in
def soon(request: HttpRequest) -> HttpResponse:
    """Between two pages, until the day a second factor is asked for."""
    asked = safe_path(request, request.GET.get("next", ""))
    user = user_of(request)
    day = required_from(user)
    if day is None or has_factor(user):
        return HttpResponseRedirect(asked)
    return render(request, "accounts/soon.html", {"day": day, "next": asked})


def why(refusal: WrongCode, *, key: bool = False) -> str:
    """What is wrong with a code or a key, and what to do."""
    if refusal.until:
        return _("Trop d’essais : la vérification est en pause jusqu’à %(hour)s.") % {"hour": hour(refusal.until)}
    if key:
        return _("La clé d’accès n’a pas répondu, ou trop tard. Réessayez, ou tapez un code.")
    return _(
        "Ce code n’ouvre pas ce compte. Il change toutes les 30 secondes et ne sert qu’une fois : "
        "tapez celui qui est affiché maintenant."
    )


def _enter(request: HttpRequest, held: Held, factor: str, form: VerifyForm | KeyForm) -> HttpResponse:
    facts = form.cleaned_data
    response = enter_where(
        request, held.user, facts["next"], facts["kept"], factor=factor, quietly=held.quietly, facts=held.facts
    )
    if facts["remember"]:
        device = device_name(request.headers.get("User-Agent", ""))[:80]
        keep_trust(response, held.user, trust(held.user, device))
    return response
