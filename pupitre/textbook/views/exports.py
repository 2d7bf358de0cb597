"""One's cahier de textes, taken away: a year at a time."""

from urllib.parse import quote

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pupitre.directory.profiles import Profile
from pupitre.foundation import audit
from pupitre.foundation.actor import ActorRequest
from pupitre.textbook.services.archiving import year_archive, years_written


@require_safe
def exports(request: ActorRequest, uai: str) -> HttpResponse:
    if not request.actor.profiles & {Profile.TEACHER, Profile.SUPPORT}:
        raise Http404
    return render(request, "textbook/exports.html", {"uai": uai, "years": years_written(request.actor)})


@require_safe
def download(request: ActorRequest, uai: str, year: int) -> HttpResponseBase:
    if year not in years_written(request.actor):
        raise Http404
    audit.record(request.actor, "textbook.export", None, year=year)
    response = StreamingHttpResponse(year_archive(request.actor, year), content_type="application/zip")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'Cahier de textes {year}-{year + 1}')}.zip"
    response["Cache-Control"] = "private, no-store"
    return response
