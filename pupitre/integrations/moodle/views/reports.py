"""Comparing with Moodle: the report, then applying it."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.moodle.failures import FAILURES
from pupitre.integrations.moodle.models import Report, Site
from pupitre.integrations.moodle.queries.reports import changes_of, figures_of, totals_of
from pupitre.integrations.moodle.services.reporting import AtWork, abandon, ask_for_report, begin_applying, is_too_much

State = Report.State
A_PAGE = 50
_AT_WORK = (State.COMPARING, State.APPLYING)
_ACTS = ("refuse", "suspend", "create", "change", "members")


@require_POST
def ask(request: ActorRequest, uai: str) -> HttpResponse:
    site = get_allowed_or_404(request.actor, "moodle.manage_site", Site.objects.all())
    try:
        report = ask_for_report(site, actor=request.actor)
    except AtWork:
        response = redirect("moodle:site", uai=uai)
        response["Location"] += "?dit=occupe"
        return response
    return redirect("moodle:report", uai=uai, pk=report.pk)


@require_safe
def report(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    found = _report(request, pk)
    if "suivi" in request.GET and "HX-Request" in request.headers:
        if found.state in _AT_WORK:
            return HttpResponse(status=204)
        return HttpResponse(headers={"HX-Redirect": reverse("moodle:report", args=[uai, pk])})
    return _page(request, found)


@require_POST
def apply(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    found = _report(request, pk)
    if found.state == State.TO_REVIEW and is_too_much(found, found.site) and "confirme" not in request.POST:
        return _page(request, found, unconfirmed=True)
    begin_applying(found, actor=request.actor)
    return redirect("moodle:report", uai=uai, pk=pk)


@require_POST
def leave(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    abandon(_report(request, pk), actor=request.actor)
    return redirect("moodle:site", uai=uai)


def _report(request: ActorRequest, pk: int) -> Report:
    return get_allowed_or_404(
        request.actor, "moodle.manage_report", Report.objects.select_related("site", "asked_by"), pk=pk
    )


def _page(request: ActorRequest, found: Report, *, unconfirmed: bool = False) -> HttpResponse:
    figures = figures_of(found)
    totals = totals_of(figures)
    asked = request.GET.get("voir", "")
    act = asked if asked in _ACTS else next((each for each in _ACTS if totals[each]), _ACTS[0])
    context = {
        "uai": request.actor.uai,
        "report": found,
        "site": found.site,
        "at_work": found.state in _AT_WORK,
        "figures": figures,
        "totals": totals,
        "act": act,
        "page": Paginator(changes_of(found, act), A_PAGE).get_page(request.GET.get("page")),
        "is_too_much": is_too_much(found, found.site),
        "unconfirmed": unconfirmed,
        "failures": FAILURES,
    }
    return render(request, "moodle/report.html", context, status=422 if unconfirmed else 200)
