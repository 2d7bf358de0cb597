"""The files taken over, and one file, whose page follows its state."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from pupitre.attendance.services.reasons import reasons_of_school
from pupitre.foundation.access import allowed, get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.exchange.csv import Table
from pupitre.integrations.exchange.verdicts import Rejected
from pupitre.integrations.takeover.bulletins import current_year
from pupitre.integrations.takeover.forms import LARGEST, MEGABYTE, ColumnsForm, ResultColumnsForm, UploadForm
from pupitre.integrations.takeover.models import RESULTS, Fate, TakeOver
from pupitre.integrations.takeover.policies import MANAGE, MANAGE_RESULTS
from pupitre.integrations.takeover.proposals import with_proposals
from pupitre.integrations.takeover.queries import (
    figures_of,
    issues_of,
    subjects_of_school,
    taken_before,
    total_of,
)
from pupitre.integrations.takeover.samples import MODELS
from pupitre.integrations.takeover.services.applying import DAYS, may_undo
from pupitre.integrations.takeover.services.receiving import receive, table_of
from pupitre.integrations.takeover.views.notices import notice_of

State = TakeOver.State
AnyColumns = ColumnsForm | ResultColumnsForm
AT_WORK = (State.ANALYSING, State.APPLYING)
A_PAGE, SHOWN_ROWS = 50, 5


@require_http_methods(["GET", "HEAD", "POST"])
def files(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, MANAGE)
    if request.method != "POST":
        return _files(request, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _files(request, form)
    upload = form.cleaned_data["fichier"]
    try:
        take = receive(
            str(upload.name), upload.read(), actor=request.actor, may_results=request.actor.has(MANAGE_RESULTS)
        )
    except Rejected as no:
        form.add_error("fichier", str(no))
        return _files(request, form)
    return redirect("takeover:file", uai=uai, pk=take.pk)


@require_safe
def file(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    rows = TakeOver.objects.defer("entry_ids").select_related("author")
    take = get_allowed_or_404(request.actor, "takeover.manage_file", rows, pk=pk)
    if "suivi" in request.GET and "HX-Request" in request.headers:
        if take.state in AT_WORK:
            return HttpResponse(status=204)
        return HttpResponse(headers={"HX-Redirect": reverse("takeover:file", args=[uai, pk])})
    return page_of(request, take)


def page_of(request: ActorRequest, take: TakeOver, *, form: AnyColumns | None = None) -> HttpResponse:
    """The page of a file where it stands; `form`: its columns, when they come back."""
    context: dict[str, Any] = {"uai": request.actor.uai, "take": take, "notice": notice_of(request)}
    context["is_results"] = take.thing in RESULTS
    if take.state in AT_WORK or take.state == State.FAILED:
        return render(request, "takeover/progress.html", context)
    if form is not None or take.state == State.TO_MAP or (take.state == State.TO_REVIEW and "colonnes" in request.GET):
        table = table_of(take)
        form = form or columns_form(request, take, table)
        context |= {"form": form, "table": table, "rows": table.rows[:SHOWN_ROWS]}
        return render(request, "takeover/columns.html", context, status=422 if form.errors else 200)
    context |= _lines(request, take)
    if take.state == State.TO_REVIEW:
        context |= {"reasons": with_proposals(take.reasons, ours := reasons_of_school()), "ours": ours}
        context |= {"before": taken_before(take), "subjects": subjects_of_school() if take.subjects else []}
        return render(request, "takeover/review.html", context)
    context |= {"may_undo": may_undo(take), "until": take.applied_at and take.applied_at + dt.timedelta(days=DAYS)}
    return render(request, "takeover/ended.html", context)


def columns_form(
    request: ActorRequest, take: TakeOver, table: Table, data: Mapping[str, Any] | None = None
) -> AnyColumns:  # fmt: skip
    """The form of the columns of a file, for what its lines tell."""
    if take.thing in RESULTS:
        return ResultColumnsForm(
            data, table=table, columns=take.columns, thing=take.thing, said=take.said, year=current_year(),
            subjects=subjects_of_school(),
        )  # fmt: skip
    may_results = request.actor.has(MANAGE_RESULTS)
    return ColumnsForm(data, table=table, columns=take.columns, thing=take.thing, may_results=may_results)


def _lines(request: ActorRequest, take: TakeOver) -> dict[str, Any]:
    """The figures, and a page of the lines that are not taken."""
    totals = {fate: total_of(take, fate) for fate in Fate.values}
    asked = request.GET.get("lignes", "")
    first = next((fate for fate in (Fate.HELD, Fate.REFUSED, Fate.KNOWN) if totals[fate]), Fate.HELD)
    fate = asked if asked in (Fate.HELD, Fate.REFUSED, Fate.KNOWN) else first
    page = Paginator(issues_of(take, fate), A_PAGE).get_page(request.GET.get("page"))
    return {"figures": figures_of(take), "totals": totals, "fate": str(fate), "page": page, "Fate": Fate}


def _files(request: ActorRequest, form: UploadForm) -> HttpResponse:
    rows = TakeOver.objects.defer("data", "entry_ids", "reasons", "columns").select_related("author")
    seen = allowed(request.actor, "takeover.manage_file", rows).order_by("-created_at", "-pk")
    context = {
        "uai": request.actor.uai,
        "form": form,
        "page": Paginator(seen, 20).get_page(request.GET.get("page")),
        "total_of": total_of,
        "notice": notice_of(request),
        "largest": LARGEST // MEGABYTE,
        "models": MODELS if request.actor.has(MANAGE_RESULTS) else (),
    }
    return render(request, "takeover/files.html", context, status=422 if form.errors else 200)
