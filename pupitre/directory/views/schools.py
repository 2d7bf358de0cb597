"""The schools of an academy: their list, and opening one."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from pupitre.directory.forms import SchoolForm
from pupitre.directory.middleware import DirectoryRequest
from pupitre.directory.profiles import Profile
from pupitre.directory.services.schools import open_school


@require_http_methods(["GET", "HEAD", "POST"])
def schools(request: HttpRequest) -> HttpResponse:
    """The schools that an academy administrator looks after; for the others, the page does not exist."""
    identity = cast(DirectoryRequest, request).identity
    if identity is None:
        return HttpResponseRedirect(f"{reverse('accounts:sign_in')}?next={request.path}")
    mine = [role for role in identity.roles or () if role.profile == Profile.ACADEMY_ADMIN]
    if not mine:
        raise Http404
    form = SchoolForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        opened = open_school(person_id=identity.person, **form.cleaned_data)
        return HttpResponseRedirect(reverse("imports:jobs", args=[opened.uai]))
    status = 422 if form.errors else 200
    return render(request, "directory/schools.html", {"schools": mine, "form": form}, status=status)
