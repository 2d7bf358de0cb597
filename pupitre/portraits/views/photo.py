from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from pupitre.files import shelf
from pupitre.files.refusals import StorageDown
from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.portraits.models import Portrait


@require_safe
def photo(request: ActorRequest, uai: str, pk: int, token: str) -> HttpResponse:
    """The photograph itself. Its address changes with it: a browser keeps it a day, for its owner alone."""
    rows = Portrait.objects.select_related("file__blob")
    found = get_allowed_or_404(request.actor, "portraits.view_portrait", rows, student=pk, token=token)
    if found.file is None or not found.file.is_readable:
        raise Http404
    try:
        with shelf.open_stored(found.file.blob.key) as stored:
            response = HttpResponse(stored.read(), content_type="image/webp")
    except (StorageDown, FileNotFoundError):
        raise Http404 from None
    response["Cache-Control"] = "private, max-age=86400"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
