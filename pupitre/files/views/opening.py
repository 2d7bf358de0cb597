"""A document, its small image, its line in a picker. Nothing that a browser would run is ever sent to be shown."""

import re
from collections.abc import Iterator
from typing import IO

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pupitre.files import shelf
from pupitre.files.models import Blob, StoredFile
from pupitre.files.refusals import AwaitingScan, Refusal, StorageDown
from pupitre.files.services.keeping import look_again
from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest

# « bytes=0-1 », « bytes=500- », « bytes=-500 ».
_RANGE = re.compile(r"bytes=(?=-?\d)(\d{0,15})-(\d{0,15})")
# Even a kind that slipped through draws nothing, runs nothing and has no origin.
_NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_safe
def open_file(request: ActorRequest, uai: str, pk: int) -> HttpResponseBase:
    file = _found(request, pk)
    try:
        if file.state == Blob.State.PENDING and look_again(file.blob, file.content_type) == Blob.State.PENDING:
            raise AwaitingScan(file.name)
    except Refusal as refusal:
        return _closed(request, file, refusal)
    if file.state == Blob.State.BLOCKED:
        return _closed(request, file, None)
    return _stored(request, file, file.blob.key, file.content_type)


@require_safe
def preview(request: ActorRequest, uai: str, pk: int) -> HttpResponseBase:
    file = get_allowed_or_404(
        request.actor, "files.view_file", StoredFile.objects.select_related("blob").exclude(blob__preview=""), pk=pk
    )
    return _stored(request, file, file.blob.preview, "image/webp")


@require_safe
def row(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    return render(request, "files/_row.html", {"file": _found(request, pk), "uai": uai})


def _found(request: ActorRequest, pk: int) -> StoredFile:
    rows = StoredFile.objects.select_related("blob")
    return get_allowed_or_404(request.actor, "files.view_file", rows, pk=pk)


def _stored(request: ActorRequest, file: StoredFile, name: str, content_type: str) -> HttpResponseBase:
    # Rights are asked for each time, the bytes only when the browser does not hold them.
    etag = f'"{file.sha256}{name[-5:] if name != file.blob.key else ""}"'
    response: HttpResponseBase
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponseNotModified()
    else:
        try:
            stored = shelf.open_stored(name)
        except (StorageDown, FileNotFoundError):
            return _closed(request, file, StorageDown())
        if name == file.blob.key and file.is_played_in_page and (asked := _asked(request, file.size)):
            return _safe(_piece(stored, file, *asked), etag)
        is_shown = name != file.blob.key or file.is_shown_in_page
        response = FileResponse(stored, as_attachment=not is_shown, filename=file.name, content_type=content_type)
        response.block_size = shelf.PIECE
        if file.is_played_in_page:
            response["Accept-Ranges"] = "bytes"
    return _safe(response, etag)


def _asked(request: ActorRequest, size: int) -> tuple[int, int] | None:
    """The first and last byte that a player asks for; None for the whole, and for what makes no sense (RFC 9110, 14.2)."""
    found = _RANGE.fullmatch(request.headers.get("Range", ""))
    if found is None or request.method != "GET" or "If-Range" in request.headers:
        return None
    first, last = found.groups()
    if first:
        begin, end = int(first), min(int(last), size - 1) if last else size - 1
    else:
        begin, end = max(0, size - int(last)), size - 1
    return (begin, end) if begin <= end else None


def _piece(stored: IO[bytes], file: StoredFile, first: int, last: int) -> HttpResponseBase:
    """Some bytes of a sound: Safari plays nothing from a server that gives only the whole."""
    response = StreamingHttpResponse(_bytes(stored, first, last), status=206, content_type=file.content_type)
    response["Content-Range"] = f"bytes {first}-{last}/{file.size}"
    response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = "attachment"
    return response


def _bytes(stored: IO[bytes], first: int, last: int) -> Iterator[bytes]:
    with stored:
        stored.seek(first)
        left = last - first + 1
        while left and (piece := stored.read(min(shelf.PIECE, left))):
            left -= len(piece)
            yield piece


def _safe(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Content-Security-Policy"] = _NOTHING_RUNS
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _closed(request: HttpRequest, file: StoredFile, refusal: Refusal | None) -> HttpResponse:
    """A page that says why it cannot be opened: for a while (503), or for good (410)."""
    response = render(request, "files/closed.html", {"file": file, "why": refusal}, status=503 if refusal else 410)
    if refusal:
        response["Retry-After"] = "60"
    return response
