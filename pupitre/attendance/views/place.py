"""Who acts in the school of an address, for pages that read outside any transaction (hence no `uai` argument)."""

from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from pupitre.accounts.lost_session import answer_lost_session
from pupitre.directory.middleware import DirectoryRequest
from pupitre.foundation.actor import Actor


def actor_at(request: HttpRequest, place: str) -> Actor | None:
    """The actor in a school, or None when nobody is signed in. Raises Http404 for who does not belong there."""
    identity = cast(DirectoryRequest, request).identity
    if identity is None:
        return None
    actor = identity.actor(place.upper())
    if actor is None:
        raise Http404
    return actor


def signed_out(request: HttpRequest) -> HttpResponse:
    """What a page answers when nobody is signed in."""
    if request.method == "POST":
        return answer_lost_session(request)
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}")
