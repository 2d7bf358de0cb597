"""All the copies of a homework, in one archive that leaves as it is made."""

from urllib.parse import quote

from django.http import HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from pupitre.foundation import audit
from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.textbook.services.zipping import copies_archive, safe
from pupitre.textbook.views.work import homework_rows


@require_safe
def download(request: ActorRequest, uai: str, pk: int) -> HttpResponseBase:
    homework = get_allowed_or_404(request.actor, "textbook.write_homework", homework_rows(), pk=pk)
    audit.record(request.actor, "textbook.download_copies", homework)
    response = StreamingHttpResponse(copies_archive(homework), content_type="application/zip")
    name = safe(f"{homework.group.label} {homework.title}")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.zip"
    response["Cache-Control"] = "private, no-store"
    return response
