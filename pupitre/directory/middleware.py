"""Who is here, and in which school. Inside `/<uai>/…` the wall is open for one school, or the page does not exist."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar, cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import SimpleLazyObject

from pupitre.accounts.lost_session import answer_lost_session
from pupitre.accounts.models import User
from pupitre.directory.identity import Identity, identify
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor

UAI = re.compile(r"^/([0-9]{7}[A-Za-z])/")
V = TypeVar("V", bound=Callable[..., HttpResponse])
_SLIDE_EVERY = timedelta(hours=24)


class DirectoryRequest(HttpRequest):
    """A request whose sender is known."""

    identity: Identity
    actor: Actor


def opens_its_school(view: V) -> V:
    """Mark a view that calls an outside server: it opens the school itself, so that nothing is held while that answers."""
    view.opens_its_school = True  # type: ignore[attr-defined]
    return view


class ActorMiddleware:
    """Sets `request.identity` (or None) and, inside a school, `request.actor` with its scope open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = cast(DirectoryRequest, request)
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        identity = identify(key, now=clock.now(), today=clock.today()) if key else None
        known.identity = cast(Identity, identity)
        if identity is None:
            return self._outside(request)
        user_id = identity.user
        request.user = SimpleLazyObject(lambda: User.objects.get(pk=user_id))  # type: ignore[assignment]
        _slide(request, identity)
        return self._inside(known)

    def _outside(self, request: HttpRequest) -> HttpResponse:
        if not UAI.match(request.path_info):
            return self.get_response(request)
        if request.method == "POST":
            return answer_lost_session(request)
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}")

    def _inside(self, request: DirectoryRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: DirectoryRequest, view: Callable[..., HttpResponse], args: tuple[object], kwargs: dict[str, str]
    ) -> HttpResponse | None:
        """Open the school of the address around the view, in one transaction, unless it `opens_its_school`."""
        if "uai" not in kwargs:
            return None
        actor = request.identity.actor(kwargs["uai"].upper())
        if actor is None:
            raise Http404
        request.actor = actor
        if getattr(view, "opens_its_school", False):
            return None
        with scope(actor.establishment_id):
            return view(request, *args, **kwargs)


def _slide(request: HttpRequest, identity: Identity) -> None:
    """Ninety days from the last visit, row and cookie; written once a day, so that a page costs no write."""
    if clock.now() - identity.seen > _SLIDE_EVERY:
        request.session.modified = True
