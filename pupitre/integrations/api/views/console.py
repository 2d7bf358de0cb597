"""What a school opens of the API to one service."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pupitre.foundation.access import get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.api.forms import OpeningForm
from pupitre.integrations.api.queries.openings import opened_to, readers_of
from pupitre.integrations.api.services.opening import open_scopes
from pupitre.integrations.services.models import Service
from pupitre.integrations.services.policies import MANAGE


@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    require(request.actor, MANAGE)
    services = Service.objects.filter(protocol=Service.Protocol.OIDC)
    service = get_allowed_or_404(request.actor, "services.view_service", services, pk=pk)
    form = OpeningForm(request.POST if request.method == "POST" else None, initial={"portees": opened_to(service)})
    if request.method == "POST" and form.is_valid():
        open_scopes(service, form.cleaned_data["portees"], actor=request.actor)
        response = redirect("api_of_school:opening", uai=uai, pk=pk)
        response["Location"] += "?dit=enregistre"
        return response
    context = {
        "uai": uai,
        "service": service,
        "form": form,
        "readers": readers_of(service),
        "said": request.GET.get("dit", ""),
    }
    return render(request, "api/opening.html", context, status=422 if form.errors else 200)
