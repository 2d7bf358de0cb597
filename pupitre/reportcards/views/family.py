"""The marks and the bulletins of all the children of a guardian, whatever their schools."""

from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pupitre.directory.middleware import DirectoryRequest
from pupitre.directory.profiles import Profile
from pupitre.reportcards.queries.family import results_of_children


@require_safe
def children(request: HttpRequest) -> HttpResponse:
    identity = cast(DirectoryRequest, request).identity
    if identity is None:
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}")
    if not identity.is_guardian:
        raise Http404
    actors = identity.actors_as(Profile.GUARDIAN)
    names = {each.uai: identity.roles_in(each.uai)[0].short_name for each in actors}
    return render(request, "reportcards/family.html", {"children": results_of_children(actors, names)})
