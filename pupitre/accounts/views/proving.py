"""Somebody who is signed in proves again that it is them, for what asks it."""

from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pupitre.accounts.devices import accounts_known_here
from pupitre.accounts.entering import safe_path
from pupitre.accounts.forms import ProveForm
from pupitre.accounts.models import User
from pupitre.accounts.proving import prove_now
from pupitre.accounts.services.entry import NotAdmitted, TooManyFailures, admit
from pupitre.accounts.signed_in import signed_in
from pupitre.foundation.registry import SignInWays, offered
from pupitre.foundation.ui.french import hour


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def prove(request: HttpRequest) -> HttpResponse:
    asked = safe_path(request, (request.POST if request.method == "POST" else request.GET).get("next", ""))
    if request.method != "POST":
        return _page(request, ProveForm(initial={"next": asked}))
    form = ProveForm(request.POST)
    if form.is_valid():
        user = cast(User, request.user)
        try:
            admit(user.username, form.cleaned_data["password"], known_accounts=accounts_known_here(request))
        except NotAdmitted as refusal:
            form.add_error("password", _why(refusal))
        else:
            prove_now(request)
            return HttpResponseRedirect(asked)
    return _page(request, form, status=422)


def _page(request: HttpRequest, form: ProveForm, *, status: int = 200) -> HttpResponse:
    user = cast(User, request.user)
    context = {
        "form": form,
        "account": user,
        "has_password": user.has_usable_password(),
        "ways": [way for each in offered(SignInWays) for way in each.proofs(user.pk)],
    }
    return render(request, "accounts/prove.html", context, status=status)


def _why(refusal: NotAdmitted) -> str:
    if isinstance(refusal, TooManyFailures):
        return _("Trop d’essais : ce compte est en pause jusqu’à %(hour)s.") % {"hour": hour(refusal.until)}
    return _("Ce n’est pas le mot de passe de ce compte.")
