"""Detentions: the list of the day, planning, the times of the week."""

import datetime as dt

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.discipline.forms import SittingForm, SlotForm
from pupitre.discipline.models import Detention, DetentionSlot, Punishment
from pupitre.discipline.policies import holds_detentions
from pupitre.discipline.queries.detentions import (
    active_slots,
    detentions_of_day,
    detentions_seen,
    detentions_to_plan,
    occasions,
)
from pupitre.discipline.queries.people import supervisors
from pupitre.discipline.refusals import Refusal
from pupitre.discipline.services.detentions import add_slot, attended, close_slot, missed, move, plan
from pupitre.discipline.views.asking import day_asked
from pupitre.foundation import clock
from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest

ONE_DAY = dt.timedelta(days=1)


@require_safe
def detentions(request: ActorRequest, uai: str) -> HttpResponse:
    """The detentions of a day: who is expected, who came; printable."""
    if not holds_detentions(request.actor) and not detentions_seen(request.actor).exists():
        raise Http404
    return _day(request)


def _day(request: ActorRequest, *, refusal: str = "", on: dt.date | None = None) -> HttpResponse:
    on = on or day_asked(request.GET.get("jour", ""), clock.today())
    holds = holds_detentions(request.actor)
    context = {
        "uai": request.actor.uai,
        "on": on,
        "previous": on - ONE_DAY,
        "next": on + ONE_DAY,
        "is_today": on == clock.today(),
        "rows": detentions_of_day(request.actor, on),
        "to_plan": detentions_to_plan() if holds else [],
        "holds": holds,
        "refusal": refusal,
    }
    return render(request, "discipline/detentions.html", context, status=422 if refusal else 200)


@require_POST
def note(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Came, or did not."""
    rows = Detention.objects.select_related("punishment__student__person")
    found = get_allowed_or_404(request.actor, "discipline.attend_detention", rows, pk=pk)
    came = request.POST.get("action", "")
    try:
        if came == "faite":
            attended(detention=found, actor=request.actor)
        elif came == "absent":
            missed(detention=found, actor=request.actor)
    except Refusal as no:
        return _day(request, refusal=str(no), on=found.held_on)
    return redirect(f"{reverse('discipline:detentions', args=[uai])}?jour={found.held_on}#r{found.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def plan_one(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Say when a detention is held, for the first time or again."""
    actor = request.actor
    rows = Punishment.objects.select_related("student__person")
    found = get_allowed_or_404(actor, "discipline.plan_detention", rows, pk=pk)
    before = Detention.objects.filter(punishment=found).order_by("-planned_at", "-pk").first()
    posted = request.POST if request.method == "POST" else None
    initial = {"travail": found.task}
    form = SittingForm(posted, occasions=occasions(), supervisors=supervisors(), initial=initial)
    problem = ""
    if posted is not None and form.is_valid():
        try:
            if before is not None and before.state in (Detention.State.PLANNED, Detention.State.MISSED):
                why = form.cleaned_data["pourquoi"]
                made = move(detention=before, sitting=form.sitting, why=why, actor=actor)
            else:
                made = plan(punishment=found, sitting=form.sitting, actor=actor)
        except Refusal as no:
            problem = str(no)
        else:
            return redirect(f"{reverse('discipline:detentions', args=[uai])}?jour={made.held_on}#r{made.pk}")
    context = {"uai": uai, "punishment": found, "before": before, "form": form, "problem": problem}
    return render(request, "discipline/plan.html", context, status=422 if problem or form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def slots(request: ActorRequest, uai: str) -> HttpResponse:
    """The times of the week for detentions: one more, or one less."""
    actor = request.actor
    if not holds_detentions(actor):
        raise Http404
    if request.method == "POST" and (asked := request.POST.get("fermer", "")):
        if asked.isdecimal() and len(asked) < 19 and (slot := DetentionSlot.objects.filter(pk=asked).first()):
            close_slot(slot=slot, actor=actor)
        return redirect("discipline:slots", uai=uai)
    form = SlotForm(request.POST if request.method == "POST" else None, supervisors=supervisors())
    if request.method == "POST" and form.is_valid():
        add_slot(slot=form.slot, actor=actor)
        return redirect("discipline:slots", uai=uai)
    context = {"uai": uai, "slots": active_slots(), "form": form}
    return render(request, "discipline/slots.html", context, status=422 if form.errors else 200)
