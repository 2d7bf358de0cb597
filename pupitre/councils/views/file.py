"""A council prepared in one file: everything to read, in one page that needs no network, closed with a passphrase."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods

from pupitre.councils.forms import PassphraseForm
from pupitre.councils.queries.file import sheets_of
from pupitre.councils.sealed import seal
from pupitre.councils.views.asking import Asked, class_asked
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import ActorRequest


@require_http_methods(["GET", "HEAD", "POST"])
def download(request: ActorRequest, uai: str, term: int, pk: int) -> HttpResponse:
    """Looked at on a machine that belongs to whoever prepares the council: each download is journalled."""
    asked = class_asked(request.actor, term, pk)
    form = PassphraseForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        context = {"uai": uai, "asked": asked, "form": form}
        return render(request, "councils/file_ask.html", context, status=422 if form.errors else 200)
    response = HttpResponse(_closed(asked, form.cleaned_data["phrase"]))
    audit.record(request.actor, "councils.download", asked.division, term=asked.term.pk)
    name = slugify(f"conseil {asked.division.label} {asked.term.code}")
    response["Content-Disposition"] = f'attachment; filename="{name}.html"'
    response["Cache-Control"] = "no-store"
    return response


def _closed(asked: Asked, passphrase: str) -> str:
    """The whole class, closed, in a page that asks for the passphrase."""
    style = _inside("councils/file.css", "style")
    file = sheets_of(asked.division, asked.term)
    facts = {"asked": asked, "style": style, "file": file, "made_at": clock.now()}
    kept = seal(render_to_string("councils/file.html", facts), passphrase)
    script = _inside("councils/open.js", "script")
    return render_to_string("councils/sealed.html", {"asked": asked, "style": style, "script": script, "kept": kept})


def _inside(name: str, tag: str) -> SafeString:
    """A file of ours, written in the page: it is read without the house."""
    found = finders.find(name)
    assert isinstance(found, str)  # noqa: S101 # nosec B101 - it is ours, and there is one
    return mark_safe(f"<{tag}>{Path(found).read_text()}</{tag}>")  # noqa: S308 # nosec B308 B703 - our own file
