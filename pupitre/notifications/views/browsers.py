from pathlib import Path
from typing import cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from pupitre.directory.middleware import DirectoryRequest
from pupitre.notifications.forms import BrowserForm
from pupitre.notifications.services.browsers import UnknownPushService, ask_for_trial, subscribe, unsubscribe
from pupitre.notifications.views import signed_in

_WORKER = Path(__file__).parents[1] / "static" / "notifications" / "sw.js"


@require_POST
@signed_in
def accept(request: HttpRequest) -> HttpResponse:
    """A browser whose owner said yes; sent by `push.js`."""
    form = BrowserForm(request.POST)
    if not form.is_valid():
        return JsonResponse({}, status=422)
    person = cast(DirectoryRequest, request).identity.person
    try:
        subscribe(person_id=person, session_key=request.session.session_key or "", **form.cleaned_data)
    except UnknownPushService:
        return JsonResponse({}, status=422)
    return HttpResponse(status=204)


@require_POST
@signed_in
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    unsubscribe(person_id=cast(DirectoryRequest, request).identity.person, subscription_id=pk)
    return redirect("notifications:preferences")


@require_POST
@signed_in
def trial(request: HttpRequest) -> HttpResponse:
    ask_for_trial(person_id=cast(DirectoryRequest, request).identity.person)
    return redirect("notifications:preferences")


@cache_control(max_age=0, no_cache=True)
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root of the site so that it may speak for every page; it only receives pushes."""
    return HttpResponse(_WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
