"""A forgotten password: ask for a link, then choose another password."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pupitre.accounts.entering import enter
from pupitre.accounts.forms import ForgottenForm, PasswordForm
from pupitre.accounts.mails import send_reset_link
from pupitre.accounts.passwords import shortest_for
from pupitre.accounts.services.passwords import LinkRefused, owner_of_link, renew_password, reset_links
from pupitre.accounts.views.arriving import enter_where


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        context = {"form": ForgottenForm(), "sent": "envoye" in request.GET, "refused": "lien" in request.GET}
        return render(request, "accounts/forgotten.html", context | {"demo": settings.DEMO})
    form = ForgottenForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "sent": False, "refused": False, "demo": settings.DEMO}
        return render(request, "accounts/forgotten.html", context, status=422)
    for user, token in reset_links(form.cleaned_data["who"]):
        send_reset_link(user, request.build_absolute_uri(reverse("accounts:renew", args=[token])))
    return redirect(f"{reverse('accounts:forgotten')}?envoye")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, token: str) -> HttpResponse:
    try:
        user = owner_of_link(token)
    except LinkRefused:
        return redirect(f"{reverse('accounts:forgotten')}?lien")
    was_asked = user.password_expired_at is not None
    form = PasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            user = renew_password(token, form.cleaned_data["password"])
        except LinkRefused:
            return redirect(f"{reverse('accounts:forgotten')}?lien")
        if was_asked:
            return enter_where(request, user, request.POST.get("next", ""), request.POST.get("kept", ""))
        return enter(request, user, HttpResponseRedirect("/"), quietly=True)
    context = {
        "form": form,
        "owner": user,
        "shortest": shortest_for(user),
        "is_asked": was_asked,
        "action": request.path,
    }
    context |= {name: request.POST.get(name, "") for name in ("next", "kept")}
    return render(request, "accounts/renew.html", context, status=422 if form.is_bound else 200)
