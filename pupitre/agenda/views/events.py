"""One event: its page, writing it, changing it or one of its days, cancelling, answering."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.agenda.audiences import audience_of
from pupitre.agenda.forms.events import EventForm, initial_of
from pupitre.agenda.kinds import APART, LOOKS, MET
from pupitre.agenda.models import Event, Outing, Participant
from pupitre.agenda.policies import APPROVE, MANAGE, has_calendar, works_here
from pupitre.agenda.queries.event import page_of, wards_of
from pupitre.agenda.refusals import Refusal
from pupitre.agenda.services.addressing import groups_to_address
from pupitre.agenda.services.answering import answer
from pupitre.agenda.services.scheduling import cancel, cancel_one, change, change_one, schedule
from pupitre.agenda.views.asking import day_asked, event_edited, event_seen
from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest


@require_safe
def event(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    return show_event(request, event_seen(request.actor, pk))


def show_event(request: ActorRequest, found: Event, *, refusal: str = "") -> HttpResponse:
    """The page of an event; with a refusal, what could not be done."""
    actor = request.actor
    wards = wards_of(actor, found) if not works_here(actor) or found.kind == Event.Kind.OUTING else []
    page = page_of(found, actor, wards=[each.person_id for each in wards])
    context = {
        "uai": actor.uai,
        "page": page,
        "event": found,
        "look": LOOKS[found.kind],
        "on": day_asked(request.GET.get("le", "")),
        "wards": wards,
        "may_approve": actor.has(APPROVE) and page.outing is not None and page.outing.state == Outing.State.SUBMITTED,
        "is_met": found.kind in MET,
        "answers": _answers(page.mine, found),
        "refusal": refusal,
    }
    return render(request, "agenda/event.html", context, status=422 if refusal else 200)


def _answers(mine: Participant | None, found: Event) -> bool:
    """Whether the reader is asked if they come."""
    if mine is None or found.visible_at is None or found.cancelled_at is not None:
        return False
    return found.kind != Event.Kind.OUTING and mine.role != Participant.Role.STUDENT


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest, uai: str) -> HttpResponse:
    actor = request.actor
    if not has_calendar(actor):
        raise Http404
    form = _form(request, initial=_asked(request))
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = schedule(
                facts=form.facts, actor=actor, is_told=form.cleaned_data["prevenir"], names_people=form.names_people
            )
        except Refusal as no:
            problem = str(no)
        else:
            to = "agenda:people" if form.names_people else "agenda:event"
            return redirect(to, uai, made.pk)
    context = {"uai": uai, "form": form, "event": None, "on": None, "problem": problem, "works": works_here(actor)}
    return render(request, "agenda/edit.html", context, status=422 if problem or form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Change an event; with a day of a series (« le »), that one alone."""
    actor = request.actor
    found = event_edited(actor, pk)
    if found.kind == Event.Kind.OUTING:
        return redirect("agenda:outing_edit", uai, pk)
    on = _day_of(found, request.GET.get("le", ""))
    form = _form(request, initial=initial_of(found, audience_of(found), on), kind=found.kind)
    problem = ""
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data["prevenir"]
        try:
            if on is not None:
                found = change_one(event=found, on=on, facts=form.facts, actor=actor, is_told=told)
            else:
                change(event=found, facts=form.facts, actor=actor, is_told=told)
        except Refusal as no:
            problem = str(no)
        else:
            return redirect("agenda:event", uai, found.pk)
    context = {"uai": uai, "form": form, "event": found, "on": on, "problem": problem, "works": works_here(actor)}
    return render(request, "agenda/edit.html", context, status=422 if problem or form.errors else 200)


@require_POST
def cancel_event(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Cancel an event, or one day of a series (« le »)."""
    actor = request.actor
    found = event_edited(actor, pk)
    on, told = _day_of(found, request.POST.get("le", "")), bool(request.POST.get("prevenir"))
    if found.kind == Event.Kind.OUTING:
        return show_event(request, found, refusal=_("Une sortie s’annule avec « Annuler la sortie », sur cette page."))
    try:
        if on is not None:
            cancel_one(event=found, on=on, actor=actor, is_told=told)
            return redirect("agenda:event", uai, pk)
        is_gone = found.is_personal or found.visible_at is None
        cancel(event=found, actor=actor, is_told=told)
    except Refusal as no:
        return show_event(request, found, refusal=str(no))
    return redirect(reverse("agenda:calendar", args=[uai]) if is_gone else reverse("agenda:event", args=[uai, pk]))


@require_POST
def answer_event(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Say whether one comes."""
    rows = Participant.objects.select_related("event").exclude(role=Participant.Role.STUDENT)
    mine = get_allowed_or_404(request.actor, "agenda.answer", rows.exclude(event__kind=Event.Kind.OUTING), event=pk)
    said = request.POST.get("reponse", "")
    try:
        if said in ("oui", "non"):
            answer(participant=mine, is_coming=said == "oui", actor=request.actor)
    except Refusal as no:
        return show_event(request, event_seen(request.actor, pk), refusal=str(no))
    return redirect("agenda:event", uai, pk)


def _form(request: ActorRequest, *, initial: dict[str, Any], kind: str = "") -> EventForm:
    actor = request.actor
    works = works_here(actor)
    form = EventForm(
        request.POST if request.method == "POST" else None,
        groups=groups_to_address(actor) if works else (),
        is_wide=actor.has(MANAGE),
        works=works,
        initial=initial,
    )
    if kind in APART:
        # What a council is does not change: its class and its list come with it.
        form.fields["nature"].choices = [(kind, Event.Kind(kind).label)]  # type: ignore[attr-defined]
    return form


def _asked(request: ActorRequest) -> dict[str, Any]:
    """What an address already says of an event to write."""
    asked = {}
    if on := day_asked(request.GET.get("jour", "")):
        asked["le"] = on
    return asked


def _day_of(found: Event, text: str) -> dt.date | None:
    on = day_asked(text)
    return on if on is not None and found.is_series else None
