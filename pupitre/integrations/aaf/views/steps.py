"""What is done with an archive that was read."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.aaf.models import Batch, SchoolPart
from pupitre.integrations.aaf.services.receiving import ask_school_to_apply, ask_to_apply, start_again


@require_POST
def apply(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    batch = get_allowed_or_404(request.actor, "aaf.manage_batch", Batch.objects.all(), pk=pk)
    return _back(uai, pk, "applique" if ask_to_apply(batch, actor=request.actor) else "rien")


@require_POST
def apply_school(request: ActorRequest, uai: str, pk: int, part: int) -> HttpResponse:
    rows = SchoolPart.objects.filter(batch=pk)
    chosen = get_allowed_or_404(request.actor, "aaf.manage_part", rows, pk=part)
    return _back(uai, pk, "ecole" if ask_school_to_apply(chosen, actor=request.actor) else "rien")


@require_POST
def restart(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    batch = get_allowed_or_404(request.actor, "aaf.manage_batch", Batch.objects.all(), pk=pk)
    may_open = request.POST.get("ouvrir") == "oui"
    return _back(uai, pk, "relance" if start_again(batch, actor=request.actor, may_open=may_open) else "rien")


def _back(uai: str, pk: int, said: str) -> HttpResponse:
    response = redirect("aaf:batch", uai=uai, pk=pk)
    response["Location"] += f"?dit={said}"
    return response
