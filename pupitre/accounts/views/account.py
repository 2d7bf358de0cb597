"""« Mon compte »: the address, the password, the devices."""

from django.contrib.auth import update_session_auth_hash
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pupitre.accounts.forms import EmailForm, NewPasswordForm
from pupitre.accounts.passwords import shortest_for
from pupitre.accounts.services import devices, passwords, trusting
from pupitre.accounts.signed_in import signed_in, user_of
from pupitre.foundation.registry import SignInWays, offered


@never_cache
@require_safe
@signed_in
def account(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
@signed_in
def change_email(request: HttpRequest) -> HttpResponse:
    form = EmailForm(request.POST, user=user_of(request), auto_id="adresse_%s")
    if not form.is_valid():
        return _page(request, email_form=form)
    passwords.change_email(user_of(request), form.cleaned_data["email"])
    return _back("adresse")


@require_POST
@signed_in
def change_password(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    form = NewPasswordForm(request.POST, user=user)
    if not form.is_valid():
        return _page(request, password_form=form)
    passwords.change_password(user, form.cleaned_data["password"], stay=request.session.session_key or "")
    # The session follows the new password, under a new key.
    update_session_auth_hash(request, user)
    return _back("mot-de-passe")


@require_POST
@signed_in
def sign_out_device(request: HttpRequest, handle: str) -> HttpResponse:
    devices.sign_out_device(user_of(request), handle)
    return _back("appareil")


@require_POST
@signed_in
def sign_out_others(request: HttpRequest) -> HttpResponse:
    devices.sign_out_others(user_of(request), session_key=request.session.session_key)
    return _back("appareils")


def _back(said: str) -> HttpResponse:
    return redirect(f"{reverse('accounts:account')}?dit={said}")


def _page(request: HttpRequest, *, email_form: Form | None = None, password_form: Form | None = None) -> HttpResponse:
    user = user_of(request)
    context = {
        "account": user,
        "devices": devices.devices_of(user, session_key=request.session.session_key),
        "trusted": trusting.trusted_devices_of(user),
        "email_form": email_form or EmailForm(user=user, initial={"email": user.email}, auto_id="adresse_%s"),
        "password_form": password_form or NewPasswordForm(user=user),
        "wrong": email_form or password_form,
        "shortest": shortest_for(user),
        "ways_route": next((each.mine for each in offered(SignInWays)), ""),
        "said": request.GET.get("dit", ""),
    }
    return render(request, "accounts/account.html", context, status=422 if email_form or password_form else 200)
