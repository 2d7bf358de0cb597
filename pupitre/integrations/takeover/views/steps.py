"""The gestures of a take-over: columns, reasons, taking, taking back, giving up."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.takeover.models import RESULTS, TakeOver, Thing
from pupitre.integrations.takeover.policies import MANAGE_RESULTS
from pupitre.integrations.takeover.queries import figures_of, total_of
from pupitre.integrations.takeover.services.applying import ask_to_apply, may_undo
from pupitre.integrations.takeover.services.applying import undo as undo_file
from pupitre.integrations.takeover.services.receiving import abandon as abandon_file
from pupitre.integrations.takeover.services.receiving import (
    choose_columns,
    choose_reasons,
    choose_subjects,
    choose_thing,
    have_read,
    table_of,
)
from pupitre.integrations.takeover.views.files import columns_form, page_of
from pupitre.integrations.takeover.views.notices import notice_of

State = TakeOver.State


@require_POST
def columns(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    take = _managed(request, pk)
    if take.state not in (State.TO_MAP, State.TO_REVIEW):
        return _back(uai, pk, "deja")
    form = columns_form(request, take, table_of(take), request.POST)
    nature = request.POST.get("nature", "")
    if nature in Thing.values and (nature in RESULTS or take.thing in RESULTS) and nature != take.thing:
        if nature in RESULTS and not request.actor.has(MANAGE_RESULTS):
            return page_of(request, take, form=form)
        # Its columns are others: they are looked for, and asked again.
        choose_thing(take, nature)
        return _back(uai, pk, "nature")
    if not form.is_valid():
        return page_of(request, take, form=form)
    thing = form.cleaned_data["nature"] or take.thing
    choose_columns(take, form.columns, thing, actor=request.actor, said=form.said)
    return redirect("takeover:file", uai=uai, pk=pk)


@require_POST
def reasons(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    take = _managed(request, pk)
    if take.state != State.TO_REVIEW:
        return _back(uai, pk, "deja")
    chosen = {
        each["key"]: int(value)
        for place, each in enumerate(take.reasons)
        if (value := request.POST.get(f"motif_{place}", "")).isdecimal() and len(value) < 19
    }
    choose_reasons(take, chosen, actor=request.actor)
    return _back(uai, pk, "motifs")


@require_POST
def subjects(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    take = _managed(request, pk)
    if take.state != State.TO_REVIEW:
        return _back(uai, pk, "deja")
    chosen = {
        each["key"]: int(value)
        for place, each in enumerate(take.subjects)
        if (value := request.POST.get(f"matiere_{place}", "")).isdecimal() and len(value) < 19
    }
    choose_subjects(take, chosen, actor=request.actor)
    return _back(uai, pk, "motifs")


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    take = _managed(request, pk)
    if request.method == "POST":
        return (
            redirect("takeover:file", uai=uai, pk=pk)
            if ask_to_apply(take, actor=request.actor)
            else _back(uai, pk, "deja")
        )
    if take.state != State.TO_REVIEW:
        return redirect("takeover:file", uai=uai, pk=pk)
    return _ask(request, take, "takeover/apply.html")


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    take = _managed(request, pk)
    if not may_undo(take):
        return _back(uai, pk, "deja" if take.state == State.UNDONE else "trop-tard")
    if request.method != "POST":
        return _ask(request, take, "takeover/undo.html")
    left = undo_file(take, actor=request.actor)
    return _back(uai, pk, "deja") if left is None else _back(uai, pk, "annule", left)


@require_POST
def abandon(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    if not abandon_file(_managed(request, pk), actor=request.actor):
        return _back(uai, pk, "deja")
    return redirect(f"{reverse('takeover:files', args=[uai])}?dit=abandon")


@require_POST
def restart(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Have a file read again: its work was interrupted, or the school changed since."""
    take = _managed(request, pk)
    if take.state not in (State.FAILED, State.TO_REVIEW):
        return _back(uai, pk, "deja")
    have_read(take)
    return redirect("takeover:file", uai=uai, pk=pk)


def _managed(request: ActorRequest, pk: int) -> TakeOver:
    return get_allowed_or_404(request.actor, "takeover.manage_file", TakeOver.objects.all(), pk=pk)


def _ask(request: ActorRequest, take: TakeOver, template: str) -> HttpResponse:
    context = {
        "uai": request.actor.uai,
        "take": take,
        "figures": figures_of(take),
        "taken": total_of(take, "taken"),
        "held": total_of(take, "held"),
        "refused": total_of(take, "refused"),
        "notice": notice_of(request),
        "is_results": take.thing in RESULTS,
    }
    return render(request, template, context)


def _back(uai: str, pk: int, said: str, count: int | None = None) -> HttpResponse:
    query = urlencode({"dit": said} | ({} if count is None else {"n": count}))
    return redirect(f"{reverse('takeover:file', args=[uai, pk])}?{query}")
