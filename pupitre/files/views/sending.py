"""Uploads in parts: tus 1.0 (core, creation, expiration, termination), https://tus.io/protocols/resumable-upload.

A refusal is a status and one French sentence, plain text, for the person who watches the bar.
"""

import base64
import binascii
from collections.abc import Mapping
from types import MappingProxyType

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pupitre.files.models import Upload
from pupitre.files.queries import limits_of, owner_named
from pupitre.files.refusals import QuotaFull, Refusal, SchoolFull, StorageDown, TooLarge
from pupitre.files.services.uploading import WrongOffset, abandon, begin, finish, receive
from pupitre.foundation import clock
from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest

VERSION = "1.0.0"
_PART = "application/offset+octet-stream"
_STATUS: dict[type[Refusal], int] = {TooLarge: 413, QuotaFull: 413, SchoolFull: 413, StorageDown: 503}


@require_http_methods(["OPTIONS", "POST"])
def uploads(request: ActorRequest, uai: str) -> HttpResponse:
    """What we speak (OPTIONS); announce a file (POST)."""
    if request.method == "OPTIONS":
        largest, _most = limits_of("")
        spoken = {"Tus-Version": VERSION, "Tus-Extension": "creation,expiration,termination"}
        return _answer(204, headers=spoken | {"Tus-Max-Size": str(largest)})
    told_size = request.headers.get("Upload-Length", "")
    about = _metadata(request.headers.get("Upload-Metadata", ""))
    if not told_size.isdecimal() or len(told_size) > 15 or not _is_purpose(about.get("purpose", "")):
        return _answer(400, _("Cet envoi ne dit pas ce qu’il transporte. Rechargez la page, puis recommencez."))
    try:
        made, notice = begin(
            name=about.get("filename", ""),
            size=int(told_size),
            purpose=about.get("purpose", ""),
            fingerprint=about.get("fingerprint", "")[:64],
            actor=request.actor,
        )
    except Refusal as refusal:
        return _refused(refusal)
    location = {"Location": reverse("files:upload", args=[uai, made.pk])}
    return _answer(201, notice, headers=location | _state(made))


@require_http_methods(["HEAD", "PATCH", "DELETE"])
def upload(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Where an upload stands (HEAD), its next part (PATCH), its end before time (DELETE)."""
    rows = Upload.objects.filter(expires_at__gt=clock.now())
    found = get_allowed_or_404(request.actor, "files.send_upload", rows, pk=pk)
    if request.method == "HEAD":
        return _answer(200, headers=_state(found))
    if request.method == "DELETE":
        abandon(found)
        return _answer(204)
    return _next_part(request, found)


def _next_part(request: ActorRequest, found: Upload) -> HttpResponse:
    offset = request.headers.get("Upload-Offset", "")
    if request.content_type != _PART:
        return _answer(415)
    if not offset.isdecimal() or len(offset) > 15:
        return _answer(400)
    try:
        found = receive(found, int(offset), request.read)
        finish(found, actor=request.actor)
    except WrongOffset:
        return _answer(409)
    except Refusal as refusal:
        return _refused(refusal)
    return _answer(204, headers=_state(found))


def _state(found: Upload) -> dict[str, str]:
    """Where it stands; `Pupitre-File` is the number of the document that it became."""
    told = {"Upload-Offset": str(found.received), "Upload-Length": str(found.size)}
    told["Upload-Expires"] = http_date(found.expires_at.timestamp())
    return told | ({"Pupitre-File": str(found.file_id)} if found.file_id else {})


def _refused(refusal: Refusal) -> HttpResponse:
    return _answer(_STATUS.get(type(refusal), 422), str(refusal))


def _answer(status: int, text: str = "", headers: Mapping[str, str] = MappingProxyType({})) -> HttpResponse:
    response = HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)
    response["Tus-Resumable"] = VERSION
    response["Cache-Control"] = "no-store"
    for name, value in headers.items():
        response[name] = value
    return response


def _is_purpose(key: str) -> bool:
    return not key or owner_named(key) is not None


def _metadata(header: str) -> dict[str, str]:
    """« filename d29ybGQ=,purpose … »: names, and values in base64. What cannot be read is left out."""
    found = {}
    for pair in header.split(","):
        name, _space, value = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
    return found
