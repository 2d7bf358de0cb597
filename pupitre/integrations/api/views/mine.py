"""Ending what an application reads in one's name."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.api.models import Access
from pupitre.integrations.api.services.agreeing import withdraw as end_access


@require_POST
def withdraw(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    rows = Access.objects.select_related("connector")
    end_access(get_allowed_or_404(request.actor, "api.withdraw_access", rows, pk=pk), actor=request.actor)
    response = redirect("my_services:mine")
    response["Location"] += "?dit=retire"
    return response
