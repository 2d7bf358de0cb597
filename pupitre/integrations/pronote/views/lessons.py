"""What PRONOTE says of the work and the lessons of a student, in full."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pupitre.directory.profiles import Profile
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.pronote.queries import lessons_for


@require_safe
def lessons(request: ActorRequest, uai: str) -> HttpResponse:
    if not request.actor.profiles & {Profile.STUDENT, Profile.GUARDIAN}:
        raise Http404
    fetched_at, told = lessons_for(request.actor)
    return render(request, "pronote/lessons.html", {"uai": uai, "fetched_at": fetched_at, "told": told})
