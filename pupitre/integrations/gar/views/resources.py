"""The page of resources (médiacentre) of somebody in a school."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pupitre.directory.profiles import STAFF, Profile
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.gar.mediacentre import Page, missing_for, page_of
from pupitre.integrations.gar.services.favourites import NotTheirs, put_back, put_first
from pupitre.integrations.services.services.copying import ask_for_copy

_LONGEST = 100


@require_safe
def mediacentre(request: ActorRequest, uai: str) -> HttpResponse:
    _refuse_the_academy(request)
    words = request.GET.get("q", "").strip()[:_LONGEST]
    page = page_of(request.actor, words)
    context = {
        "uai": uai,
        "page": page,
        "missing": missing_for(request.actor, page.read),
        "words": words,
        "tu": Profile.STUDENT in request.actor.profiles,
        "is_staff": bool(request.actor.profiles & STAFF),
        "said": request.GET.get("dit", ""),
    }
    return render(request, "gar/mediacentre.html", context)


@require_POST
def refresh(request: ActorRequest, uai: str) -> HttpResponse:
    """Have the GAR asked again, by a job: the page never waits for it."""
    _refuse_the_academy(request)
    read = page_of(request.actor, "").read
    asked = ask_for_copy(read, actor=request.actor) if read else False
    return _back(request, uai, "demande" if asked else "recent")


@require_POST
def favourite(request: ActorRequest, uai: str) -> HttpResponse:
    """Put something first, or take it back."""
    _refuse_the_academy(request)
    key = request.POST.get("cle", "")[:220]
    if request.POST.get("geste") == "retirer":
        put_back(key, actor=request.actor)
    else:
        try:
            put_first(key, actor=request.actor, among=_keys(page_of(request.actor, "")))
        except NotTheirs:
            return _back(request, uai, "parti")
    return _back(request, uai, "")


def _keys(page: Page) -> set[str]:
    return {each.key for each in (*page.favourites, *page.resources, *page.links)}


def _refuse_the_academy(request: ActorRequest) -> None:
    """The academy’s people have no resources in a school."""
    if request.actor.profiles <= {Profile.ACADEMY_ADMIN}:
        raise Http404


def _back(request: ActorRequest, uai: str, said: str) -> HttpResponse:
    words = request.POST.get("q", "").strip()[:_LONGEST]
    query = urlencode({key: value for key, value in (("q", words), ("dit", said)) if value})
    return redirect(reverse("gar_resources:mediacentre", args=[uai]) + (f"?{query}" if query else ""))
