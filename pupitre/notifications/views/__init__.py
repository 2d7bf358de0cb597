"""Pages of a person, whatever the school: they ask who is here by themselves."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from pupitre.accounts.lost_session import answer_lost_session
from pupitre.directory.middleware import DirectoryRequest

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """Let only somebody signed in pass; the others sign in first, and lose nothing of what they were sending."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if cast(DirectoryRequest, request).identity is not None:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            return answer_lost_session(request)
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}")

    return guarded
