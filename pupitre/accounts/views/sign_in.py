"""Entering and leaving."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from pupitre.accounts.devices import accounts_known_here
from pupitre.accounts.entering import safe_path
from pupitre.accounts.forms import PasswordForm, SignInForm
from pupitre.accounts.kept import opened
from pupitre.accounts.models import User
from pupitre.accounts.passwords import shortest_for
from pupitre.accounts.services.entry import NotAdmitted, Suspended, TooManyFailures, admit
from pupitre.accounts.services.passwords import link_to_renew
from pupitre.accounts.sessions import FACTS_KEY
from pupitre.accounts.views.arriving import enter_where
from pupitre.foundation.registry import SignInWays, offered
from pupitre.foundation.ui.french import hour


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        asked = safe_path(request, request.GET.get("next", ""))
        if request.user.is_authenticated:
            return HttpResponseRedirect(asked)
        said = request.GET.get("dit", "")
        return _page(request, SignInForm(initial={"next": asked}), said=said)
    form = SignInForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            user = admit(data["username"], data["password"], known_accounts=accounts_known_here(request))
        except NotAdmitted as refusal:
            form.add_error(None, _why(refusal))
        else:
            if user.password_expired_at:
                return _renew(request, user, data["next"], data["kept"])
            return enter_where(request, user, data["next"], data["kept"])
    return _page(request, form, status=422)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    facts = request.session.get(FACTS_KEY) or {}
    # Asked before the session ends: whoever vouched for the person is told that they leave.
    further = [url for each in offered(SignInWays) if facts and (url := each.leaving(request, facts))]
    logout(request)
    if further:
        # A page leads there: browsers refuse that a form ends on another site.
        response = render(request, "accounts/leaving.html", {"target": further[0]})
        response["Referrer-Policy"] = "no-referrer"
    else:
        response = redirect(f"{settings.LOGIN_URL}?dit=au-revoir")
    # The home page and files are kept by the browser: the next person's « back » must not find them.
    response["Clear-Site-Data"] = '"cache"'
    return response


def _page(request: HttpRequest, form: SignInForm, *, said: str = "", status: int = 200) -> HttpResponse:
    kept = opened(str(form["kept"].value() or ""))
    if kept:
        return render(request, "accounts/lost_session.html", {"form": form, "had_files": kept.had_files}, status=status)
    asked = str(form["next"].value() or "")
    ways = [way for each in offered(SignInWays) for way in each.ways(asked)]
    context = {"form": form, "said": said, "ways": ways, "demo_url": "/demo/" if settings.DEMO else ""}
    return render(request, "accounts/sign_in.html", context, status=status)


def _renew(request: HttpRequest, user: User, asked: str, kept: str) -> HttpResponse:
    """The school has asked for another password: it is chosen before anything else, what was being sent is carried along."""
    action = reverse("accounts:renew", args=[link_to_renew(user)])
    context = {"form": PasswordForm(user=user), "owner": user, "shortest": shortest_for(user), "is_asked": True}
    return render(request, "accounts/renew.html", context | {"action": action, "next": asked, "kept": kept})


def _why(refusal: NotAdmitted) -> str:
    if isinstance(refusal, TooManyFailures):
        return _(
            "Trop d’essais avec cet identifiant : il est en pause jusqu’à %(hour)s. "
            "Si le mot de passe est oublié, il est possible d’en choisir un autre tout de suite."
        ) % {"hour": hour(refusal.until)}
    if isinstance(refusal, Suspended):
        return _("Ce compte est suspendu. Adressez-vous au secrétariat de l’établissement.")
    return _(
        "Cet identifiant et ce mot de passe ne vont pas ensemble. L’identifiant est sur la fiche de première "
        "connexion, par exemple : ines.belkacem"
    )
