"""The absences of all the children of a guardian, whatever their schools."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pupitre.attendance.queries.family import children_of
from pupitre.attendance.views.place import signed_out
from pupitre.directory.middleware import DirectoryRequest
from pupitre.directory.profiles import Profile


@require_safe
def family(request: HttpRequest) -> HttpResponse:
    identity = cast(DirectoryRequest, request).identity
    if identity is None:
        return signed_out(request)
    if not identity.is_guardian:
        raise Http404
    schools = children_of(identity.actors_as(Profile.GUARDIAN))
    if len(schools) == 1 and len(schools[0].children) == 1:
        only = schools[0]
        return HttpResponseRedirect(only.children[0].url)
    return render(request, "attendance/family.html", {"schools": schools})
