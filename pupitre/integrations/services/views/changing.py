"""Changing a registered service."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from pupitre.directory.middleware import opens_its_school
from pupitre.establishments.scope import scope
from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.services.addresses import parse_address
from pupitre.integrations.services.forms import ChangeForm
from pupitre.integrations.services.models import Connector, Service
from pupitre.integrations.services.policies import MANAGE
from pupitre.integrations.services.services.changing import change_service
from pupitre.integrations.services.services.outcomes import note_trial, try_address


@opens_its_school
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Nothing is open in the database while the new address answers."""
    school = request.actor.establishment_id
    with scope(school):
        service = get_allowed_or_404(request.actor, "services.change_service", Service.objects.all(), pk=pk)
        form = ChangeForm(request.POST if request.method == "POST" else None, service=service, initial=_known(service))
        if request.method != "POST" or not form.is_valid():
            context = {"uai": uai, "service": service, "form": form}
            return render(request, "services/change.html", context, status=422 if form.errors else 200)
        typed = form.cleaned_data
        known = _to_try(request, service, typed)
    code = try_address(typed["ouverture"] or typed["adresse"]) if known is not None else ""
    with scope(school):
        changed = change_service(
            service, actor=request.actor, name=typed["nom"], purpose=typed["usage"], address=typed["adresse"],
            launch_url=typed["ouverture"], release=typed["modele"], proxy_callback=typed["delegation"],
        )  # fmt: skip
        said = "change"
        if known is not None:
            note_trial(known, code)
            said = "change-echec" if code else "change-repond"
    return redirect(f"{reverse('services:connector', args=[uai, pk])}?dit={said if changed else 'pareil'}")


def _known(service: Service) -> dict[str, Any]:
    address = f"{service.origin}{service.path}"
    is_usual = service.launch_url.rstrip("/") == address.rstrip("/")
    return {
        "nom": service.name, "usage": service.purpose, "adresse": address,
        "ouverture": "" if is_usual else service.launch_url, "modele": service.release, "delegation": service.proxy_callback,
    }  # fmt: skip


def _to_try(request: ActorRequest, service: Service, typed: dict[str, Any]) -> Connector | None:
    """Whose page tells how the address typed answers: when it is another one, and the school has the service."""
    held = (f"{service.origin}{service.path}", service.launch_url)
    wanted = parse_address(typed["adresse"])
    if (f"{wanted.origin}{wanted.path}", typed["ouverture"] or typed["adresse"]) == held:
        return None
    if not request.actor.has(MANAGE):
        return None
    known: Connector | None = Connector.objects.filter(service=service).first()
    return known
