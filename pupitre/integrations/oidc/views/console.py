"""How a service is set to speak OpenID Connect with us."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.oidc.forms import ClientForm
from pupitre.integrations.oidc.models import Client
from pupitre.integrations.oidc.services.clients import client_of, renew_secret, set_addresses
from pupitre.integrations.oidc.services.telling import issuer
from pupitre.integrations.services.models import Service


@require_http_methods(["GET", "HEAD", "POST"])
def client(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    known = _client(request, pk)
    if request.method != "POST":
        return _page(request, known, ClientForm(client=known))
    form = ClientForm(request.POST, client=known)
    if not form.is_valid():
        return _page(request, known, form, status=422)
    typed = form.cleaned_data
    set_addresses(
        known,
        redirect_uris=typed["retours"],
        logout_uris=typed["sorties"],
        backchannel_url=typed["deconnexion"],
        actor=request.actor,
    )
    response = redirect("oidc_of_school:client", uai=uai, pk=pk)
    response["Location"] += "?dit=enregistre"
    return response


@require_POST
def secret(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """A new secret, shown on this page and never again."""
    known = _client(request, pk)
    raw = renew_secret(known, actor=request.actor)
    known.refresh_from_db()
    return _page(request, known, ClientForm(client=known), raw=raw)


def _client(request: ActorRequest, pk: int) -> Client:
    services = Service.objects.filter(protocol=Service.Protocol.OIDC)
    return client_of(get_allowed_or_404(request.actor, "services.change_service", services, pk=pk))


def _page(request: ActorRequest, known: Client, form: ClientForm, *, raw: str = "", status: int = 200) -> HttpResponse:
    context = {
        "uai": request.actor.uai,
        "client": known,
        "service": known.service,
        "form": form,
        "issuer": issuer(),
        "secret": raw,
        "said": request.GET.get("dit", ""),
    }
    return render(request, "oidc/client.html", context, status=status)
