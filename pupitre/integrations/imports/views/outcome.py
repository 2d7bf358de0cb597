"""Applying an import, taking it back, giving it up, starting it again."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.imports.models import ImportJob, Verdict
from pupitre.integrations.imports.queries import figures_of
from pupitre.integrations.imports.services.application import NotAppliable
from pupitre.integrations.imports.services.jobs import OPEN
from pupitre.integrations.imports.services.jobs import abandon as abandon_job
from pupitre.integrations.imports.services.resuming import AT_WORK, analyse_again, apply_once, is_stuck
from pupitre.integrations.imports.services.undoing import may_undo
from pupitre.integrations.imports.services.undoing import undo as undo_job
from pupitre.integrations.imports.views.ended import done_by_kind, undo_until
from pupitre.integrations.imports.views.notices import back_to, notice_of
from pupitre.integrations.imports.words import contents_text, origin

State = ImportJob.State


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Ask for a confirmation, then apply."""
    job = _managed(request, pk)
    if job.state != State.TO_REVIEW:
        return (
            back_to("job", uai, "deja", pk=pk) if request.method == "POST" else redirect("imports:job", uai=uai, pk=pk)
        )
    if not job.may_apply:
        return redirect("imports:job", uai=uai, pk=pk)
    confirmed = request.POST.get("verified") == "oui"
    if request.method != "POST":
        return _ask(request, uai, job, "imports/apply.html")
    if job.verdict == Verdict.HOLD and not confirmed:
        return back_to("apply", uai, "verifier", pk=pk)
    if not apply_once(job, request.actor, confirmed=confirmed):
        return back_to("job", uai, "deja", pk=pk)
    return redirect("imports:job", uai=uai, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Ask for a confirmation, then take the import back."""
    job = _managed(request, pk)
    if request.method != "POST":
        if not may_undo(job):
            return back_to("job", uai, "trop-tard", pk=pk)
        return _ask(request, uai, job, "imports/undo.html")
    if job.state == State.UNDONE:
        return back_to("job", uai, "deja", pk=pk)
    try:
        left = undo_job(job.pk, job.establishment_id, actor=request.actor)
    except NotAppliable:
        return back_to("job", uai, "trop-tard", pk=pk)
    return back_to("job", uai, "annule", count=left, pk=pk)


@require_POST
def abandon(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Give up an import that was not applied, once nobody works on it."""
    job = _managed(request, pk)
    if job.state in AT_WORK and not is_stuck(job):
        return back_to("job", uai, "patience", pk=pk)
    if job.state not in (*OPEN, State.REJECTED):
        return back_to("job", uai, "deja", pk=pk)
    abandon_job(job, request.actor)
    return back_to("jobs", uai, "abandon")


@require_POST
def restart(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Start again a job that was interrupted, or whose school has changed."""
    job = _managed(request, pk)
    if not analyse_again(job, request.actor):
        return back_to("job", uai, "deja", pk=pk)
    return redirect("imports:job", uai=uai, pk=pk)


def _managed(request: ActorRequest, pk: int) -> ImportJob:
    return get_allowed_or_404(request.actor, "imports.manage_job", ImportJob.objects.defer("readings"), pk=pk)


def _ask(request: ActorRequest, uai: str, job: ImportJob, template: str) -> HttpResponse:
    context = {
        "uai": uai,
        "job": job,
        "origin": origin(job.contents),
        "contents": contents_text(job.contents),
        "figures": figures_of(job),
        "done": done_by_kind(job),
        "undo_until": undo_until(job),
        "must_verify": job.verdict == Verdict.HOLD,
        "notice": notice_of(request),
    }
    return render(request, template, context)
