"""The imports of a school, one import, and the way in."""

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pupitre.foundation.access import allowed, get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.imports.forms import LARGEST, MEGABYTE, UploadForm
from pupitre.integrations.imports.models import ImportFile, ImportJob
from pupitre.integrations.imports.queries import job_lines
from pupitre.integrations.imports.runner import start_analysis
from pupitre.integrations.imports.services.jobs import receive as receive_files
from pupitre.integrations.imports.services.resuming import AT_WORK, is_stuck
from pupitre.integrations.imports.services.undoing import may_undo
from pupitre.integrations.imports.views.ended import ended_of
from pupitre.integrations.imports.views.notices import notice_of
from pupitre.integrations.imports.views.place import Place
from pupitre.integrations.imports.views.review import review_of
from pupitre.integrations.imports.words import contents_text, origin

State = ImportJob.State
JOBS_A_PAGE = 20


@require_safe
def jobs(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, "imports.view")
    return _jobs(request, uai, UploadForm())


@require_POST
def receive(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, "imports.manage")
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _jobs(request, uai, form, status=422)
    job = receive_files(form.contents(), request.actor)
    # The worker must find the files that this transaction writes.
    transaction.on_commit(partial(start_analysis, job))
    return redirect("imports:job", uai=uai, pk=job.pk)


@require_safe
def job(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    rows = ImportJob.objects.defer("readings").select_related("author")
    shown = get_allowed_or_404(request.actor, "imports.view_job", rows, pk=pk)
    if "suivi" in request.GET and "HX-Request" in request.headers:
        return _progress(shown, request)
    template, context = _page_of(shown, request)
    common = {
        "uai": uai,
        "job": shown,
        "origin": origin(shown.contents),
        "contents": contents_text(shown.contents),
        "notice": notice_of(request),
        "may_manage": request.actor.has("imports.manage"),
    }
    return render(request, template, common | context)


def _jobs(request: ActorRequest, uai: str, form: UploadForm, status: int = 200) -> HttpResponse:
    rows = allowed(request.actor, "imports.view_job", ImportJob.objects.defer("readings").select_related("author"))
    page = Paginator(rows.order_by("-created_at", "-pk"), JOBS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "uai": uai,
        "form": form,
        "page": page,
        "lines": [(line, origin(line.job.contents), contents_text(line.job.contents)) for line in job_lines(page)],
        "notice": notice_of(request),
        "may_manage": request.actor.has("imports.manage"),
        "largest": LARGEST // MEGABYTE,
    }
    return render(request, "imports/jobs.html", context, status=status)


def _page_of(job: ImportJob, request: ActorRequest) -> tuple[str, dict[str, Any]]:
    """The page of a job follows its state."""
    if job.state in AT_WORK or job.state == State.FAILED:
        return "imports/progress.html", {"interrupted": is_stuck(job), "mark": _mark(job)}
    if job.state == State.TO_REVIEW:
        return "imports/review.html", review_of(job, Place.of(request.GET))
    if job.state == State.REJECTED:
        return "imports/rejected.html", {"files": list(ImportFile.objects.defer("data").filter(job=job).order_by("pk"))}
    may_see_groups = request.actor.has("directory.view_groups")
    return "imports/ended.html", ended_of(job) | {"may_undo": may_undo(job), "may_see_groups": may_see_groups}


def _progress(job: ImportJob, request: ActorRequest) -> HttpResponse:
    """Asked every second by the page of an import at work: nothing new, the next step, or another page."""
    if job.state not in AT_WORK or is_stuck(job):
        return HttpResponse(headers={"HX-Redirect": reverse("imports:job", args=[request.actor.uai, job.pk])})
    if request.GET["suivi"] == _mark(job):
        return HttpResponse(status=204)
    return render(request, "imports/_progress.html", {"job": job, "mark": _mark(job)})


def _mark(job: ImportJob) -> str:
    """What names a step, so that it is neither drawn nor read aloud twice."""
    return f"{job.state}-{job.alive_at.timestamp() if job.alive_at else 0:.3f}"
