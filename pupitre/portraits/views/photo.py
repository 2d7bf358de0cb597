from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from pupitre.files import shelf
from pupitre.files.refusals import StorageDown
from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.portraits.models import Portrait


@require_safe
def photo(request: ActorRequest, uai: str, pk: int, token: str) -> HttpResponseBase:
    """The photograph itself. A browser keeps it for its owner alone, and asks each time whether it may still show it."""
    rows = Portrait.objects.select_related("file__blob")
    found = get_allowed_or_404(request.actor, "portraits.view_portrait", rows, student=pk, token=token)
    if found.file is None or not found.file.is_readable:
        raise Http404
    etag = f'"{token}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return _kept(unchanged, etag)
    try:
        with shelf.open_stored(found.file.blob.key) as stored:
            response = HttpResponse(stored.read(), content_type="image/webp")
    except (StorageDown, FileNotFoundError):
        raise Http404 from None
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return _kept(response, etag)


def _kept(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    # « no-cache »: kept, never shown unasked. A photograph withdrawn is seen no more, on any device.
    response["ETag"], response["Cache-Control"] = etag, "private, no-cache"
    return response
