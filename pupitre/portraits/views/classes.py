"""The school class by class: a zip of portraits, and what the families of a class said."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pupitre.directory.activation import divisions_of_today
from pupitre.files.refusals import StorageDown
from pupitre.foundation import clock
from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest
from pupitre.portraits.archive import LARGEST_MB, MOST, PHOTO_MB
from pupitre.portraits.forms import ArchiveForm, ConsentForm
from pupitre.portraits.models import PhotoRun
from pupitre.portraits.policies import MANAGE
from pupitre.portraits.queries import classes_with_counts, faces_of, recent_runs
from pupitre.portraits.refusals import Refusal
from pupitre.portraits.report import Report
from pupitre.portraits.services.consents import record_consent
from pupitre.portraits.services.delivering import LONG, LONG_MB, deposit_archive, is_long
from pupitre.portraits.services.receiving import receive_archive


@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: ActorRequest, uai: str) -> HttpResponse:
    """How far each class is; posted, a zip, whose report is the answer, or whose page says how far a job is with it."""
    require(request.actor, MANAGE)
    if request.method != "POST":
        return _overview(request, ArchiveForm())
    form = ArchiveForm(request.POST, request.FILES)
    if form.is_valid():
        sent = form.cleaned_data["archive"]
        try:
            if is_long(sent.file, sent.size):
                run = deposit_archive(sent.file, name=sent.name, actor=request.actor)
                return redirect("portraits:run", uai=uai, pk=run.pk)
            report = receive_archive(sent.file, actor=request.actor)
        except (Refusal, StorageDown) as no:
            form.add_error("archive", str(no))
        else:
            return _overview(request, ArchiveForm(), report)
    return _overview(request, form)


@require_safe
def run(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """How far the reading of a large zip is, then what became of each file."""
    require(request.actor, MANAGE)
    found = get_object_or_404(PhotoRun.objects, pk=pk)
    context = {"uai": uai, "run": found, "report": None if found.is_going else Report.of(found.lines)}
    is_fragment = "HX-Request" in request.headers
    return render(request, "portraits/_run.html" if is_fragment else "portraits/run.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def division(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """The faces of a class, and the same answer for all those who are ticked."""
    require(request.actor, MANAGE)
    group = get_object_or_404(divisions_of_today(), pk=pk)
    faces = faces_of(group)
    ticked = set(request.POST.getlist("eleve"))
    form = ConsentForm(request.POST if request.method == "POST" else None, initial={"told_on": clock.today()})
    chosen = [face.student for face in faces if str(face.student.pk) in ticked]
    if form.is_valid() and chosen:
        record_consent(students=chosen, **form.cleaned_data, actor=request.actor)
        return redirect("portraits:division", uai=uai, pk=pk)
    if form.is_bound and not chosen:
        form.add_error(None, _("Aucun élève n’est coché. Cochez ceux dont la famille a répondu."))
    context = {"uai": uai, "division": group, "faces": faces, "form": form, "ticked": ticked}
    return render(request, "portraits/division.html", context, status=422 if form.errors else 200)


def _overview(request: ActorRequest, form: ArchiveForm, report: Report | None = None) -> HttpResponse:
    context = {
        "uai": request.actor.uai,
        "form": form,
        "report": report,
        "classes": classes_with_counts(),
        "runs": recent_runs(),
        "long": LONG,
        "long_mb": LONG_MB,
        "largest": LARGEST_MB,
        "most": MOST,
        "photo_mb": PHOTO_MB,
    }
    return render(request, "portraits/overview.html", context, status=422 if form.errors else 200)
