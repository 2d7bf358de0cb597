"""A council prepared in one file: everything to read, in one page that needs no network."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from pupitre.councils.queries.file import sheets_of
from pupitre.councils.views.asking import class_asked
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import ActorRequest


@require_safe
def download(request: ActorRequest, uai: str, term: int, pk: int) -> HttpResponse:
    """Looked at on a machine that belongs to whoever prepares the council: each download is journalled."""
    asked = class_asked(request.actor, term, pk)
    context = {"asked": asked, "file": sheets_of(asked.division, asked.term), "style": _style(), "made_at": clock.now()}
    response = render(request, "councils/file.html", context)
    audit.record(request.actor, "councils.download", asked.division, term=asked.term.pk)
    name = slugify(f"conseil {asked.division.label} {asked.term.code}")
    response["Content-Disposition"] = f'attachment; filename="{name}.html"'
    response["Cache-Control"] = "no-store"
    return response


def _style() -> SafeString:
    """The sheet of the file, written in it: it is read without the house."""
    found = finders.find("councils/file.css")
    assert isinstance(found, str)  # noqa: S101 # nosec B101 - it is ours, and there is one
    return mark_safe(f"<style>{Path(found).read_text()}</style>")  # noqa: S308 # nosec B308 B703 - our own file
