from typing import cast

import msgspec
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pupitre.directory.middleware import DirectoryRequest

RETRY_MILLISECONDS = 15_000


@never_cache
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """The numbers of the menu as one server-sent event, then the end: the browser asks again by itself.

    In production the proxy leads this address to `pupitre events`, which keeps the stream open. Without it, the same page
    polls, at the pace told here.
    """
    identity = cast(DirectoryRequest, request).identity
    if identity is None:
        # The only answer after which a browser does not come back.
        return HttpResponse(status=204)
    counts = msgspec.json.encode(identity.counts).decode()
    return HttpResponse(f"retry: {RETRY_MILLISECONDS}\ndata: {counts}\n\n", content_type="text/event-stream")


@never_cache
@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """The numbers of the menu, for browsers without server-sent events."""
    identity = cast(DirectoryRequest, request).identity
    return JsonResponse(identity.counts if identity is not None else {})
