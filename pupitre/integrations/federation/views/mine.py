"""« Mes connexions »: the identities that open one's account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pupitre.accounts.signed_in import fresh_proof, signed_in, user_of
from pupitre.integrations.federation.queries import links_of, open_providers
from pupitre.integrations.federation.services.entering import LastWay, unlink


@never_cache
@require_safe
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    context = {
        "links": links_of(user),
        "providers": open_providers(),
        "has_password": user.has_usable_password(),
        "said": request.GET.get("dit", ""),
    }
    return render(request, "federation/mine.html", context)


@require_POST
@signed_in
def untie(request: HttpRequest, pk: int) -> HttpResponse:
    first = fresh_proof(request, back=reverse("federation:mine"))
    if first is not None:
        return first
    try:
        said = "delie" if unlink(user_of(request), pk) else ""
    except LastWay:
        said = "derniere"
    return redirect(f"{reverse('federation:mine')}?dit={said}")
