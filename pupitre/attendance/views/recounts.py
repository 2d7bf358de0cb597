"""What each night found when half-days were counted again."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pupitre.attendance.policies import VIEW
from pupitre.attendance.queries.recounts import last_nights
from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest


@require_safe
def recounts(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, VIEW)
    return render(request, "attendance/recounts.html", {"uai": uai, "nights": last_nights(request.actor)})
