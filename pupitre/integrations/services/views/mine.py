"""« Mes services »: what I can open from here, and what each learns of me."""

from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pupitre.directory.middleware import DirectoryRequest
from pupitre.directory.profiles import Profile
from pupitre.integrations.services.queries import mine_of


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    identity = cast(DirectoryRequest, request).identity
    if identity is None:
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.path})}")
    found = ((identity.actor(uai), roles[0].name) for uai, roles in identity.schools.items())
    actors = [(actor, school) for actor, school in found if actor is not None]
    context = {
        "mine": mine_of(actors),
        "several": len(actors) > 1,
        "said": request.GET.get("dit", ""),
        "tu": any(role.profile == Profile.STUDENT for role in identity.roles or ()),
    }
    return render(request, "services/mine.html", context)
