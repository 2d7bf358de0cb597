"""« Organiser mon accueil »: a person arranges their own home."""

from dataclasses import dataclass
from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from pupitre.accounts.lost_session import answer_lost_session
from pupitre.directory.identity import Identity
from pupitre.directory.middleware import DirectoryRequest
from pupitre.directory.profiles import Profile
from pupitre.foundation.actor import Actor
from pupitre.portal.blocks import blocks_of, profile_of
from pupitre.portal.forms import LayoutForm
from pupitre.portal.frame import FAMILY, arrange_url, home_url
from pupitre.portal.layout import Layout, OwnRow, own_layout, rearranged, school_layout
from pupitre.portal.models import Window
from pupitre.portal.queries import layouts_of
from pupitre.portal.screens import lines_of, moved_to
from pupitre.portal.services import arrange_home, reset_home
from pupitre.portal.views.notices import SAID


@dataclass(frozen=True, slots=True)
class Mine:
    """A person's home in one place: what their school gives, and what they made of it."""

    place: str
    actor: Actor
    profile: str
    base: Layout
    own: OwnRow | None


@require_http_methods(["GET", "HEAD", "POST"])
def family(request: HttpRequest) -> HttpResponse:
    """The home of a guardian, whatever the number of schools."""
    identity = cast(DirectoryRequest, request).identity
    if identity is None:
        return _signed_out(request)
    return _arrange(request, identity, _mine(FAMILY, identity.actors_as(Profile.GUARDIAN)))


@require_http_methods(["GET", "HEAD", "POST"])
def school(request: HttpRequest, place: str) -> HttpResponse:
    """The home in one school; it reads as the home does, outside any transaction, hence no `uai` argument."""
    identity = cast(DirectoryRequest, request).identity
    if identity is None:
        return _signed_out(request)
    uai = place.upper()
    actor = identity.actor(uai) if uai in identity.working_schools else None
    return _arrange(request, identity, _mine(uai, [actor] if actor else []))


def _signed_out(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return answer_lost_session(request)
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.path})}")


def _mine(place: str, actors: list[Actor]) -> Mine:
    """What applies to a home; one statement a school. Raises Http404 when there is nothing to arrange."""
    blocks = blocks_of(actors[0].profiles, actors[0].capabilities) if actors else ()
    if len(blocks) < 2:
        raise Http404
    read = [layouts_of(actor) for actor in actors]
    base = school_layout(blocks, [each.school for each in read])
    return Mine(place, actors[0], profile_of(actors[0].profiles), base, read[0].own)


def _arrange(request: HttpRequest, identity: Identity, mine: Mine) -> HttpResponse:
    if request.method != "POST":
        window = mine.own.imports_window if mine.own else ""
        return _page(request, identity, mine, own_layout(mine.base, mine.own), window)
    if "reset" in request.POST:
        reset_home(person_id=identity.person, profile=mine.profile)
        return _back(identity, mine, "origine")
    form = LayoutForm(request.POST, mine.base.order, locked=mine.base.locked)
    if not form.is_valid():
        return _page(request, identity, mine, own_layout(mine.base, mine.own), error=form.first_error)
    wanted = form.layout()
    wanted = rearranged(mine.base, wanted.order, wanted.hidden)
    window = form.cleaned_data["imports_window"]
    if form.moved_block:
        return _page(request, identity, mine, wanted, window, moved=form.moved_block)
    arrange_home(person_id=identity.person, profile=mine.profile, layout=wanted, base=mine.base, imports_window=window)
    return _back(identity, mine, "range-tu" if mine.profile == Profile.STUDENT else "range")


def _page(
    request: HttpRequest,
    identity: Identity,
    mine: Mine,
    layout: Layout,
    window: str = "",
    *,
    moved: str = "",
    error: str = "",
) -> HttpResponse:
    context = {
        "lines": lines_of(layout, mine.profile),
        "said": moved_to(layout, moved, mine.profile),
        "moved": moved,
        "way": "up" if request.POST.get("up") else "down",
        "error": error,
        "window": window,
        "windows": Window.choices,
        "is_student": mine.profile == Profile.STUDENT,
        "is_arranged": mine.own is not None,
        "action": arrange_url(mine.place),
        "home_url": home_url(identity, mine.place),
        "uai": mine.actor.uai if mine.actor.has("portal.manage_layout") else "",
    }
    return render(request, "portal/arrange.html", context, status=422 if error else 200)


def _back(identity: Identity, mine: Mine, said: str) -> HttpResponse:
    return HttpResponseRedirect(f"{home_url(identity, mine.place)}?{urlencode({SAID: said})}")
