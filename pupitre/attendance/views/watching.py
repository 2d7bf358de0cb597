"""What else the school watches: who is shown, setting back to zero, and from how many."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.attendance.forms_watching import LevelsForm
from pupitre.attendance.models import Indicator
from pupitre.attendance.policies import DECIDE, MANAGE, VIEW
from pupitre.attendance.queries.watching import last_resets, resets_seen, rules_in_force, watched_students
from pupitre.attendance.services.watching import choose_levels, reset_alerts
from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest


@require_safe
def watching(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, VIEW)
    return _page(request)


@require_POST
def reset(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, MANAGE)
    ticked = set(request.POST.getlist("alerte"))
    chosen = [
        each for each in watched_students(request.actor) if f"{each.student.pk}-{each.rule.indicator}" in ticked
    ]  # fmt: skip
    if not chosen:
        return _page(request, problem=_("Cochez au moins une alerte."))
    reset_alerts(chosen, note=request.POST.get("note", ""), actor=request.actor)
    return redirect("attendance:watching", uai=uai)


@require_http_methods(["GET", "HEAD", "POST"])
def levels(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, DECIDE)
    form = LevelsForm(request.POST if request.method == "POST" else None, rules=rules_in_force())
    if request.method == "POST" and form.is_valid():
        choose_levels(form.levels, actor=request.actor)
        return redirect("attendance:watching", uai=uai)
    context = {"uai": uai, "form": form, "indicators": Indicator.choices}
    return render(request, "attendance/watch_levels.html", context, status=422 if form.errors else 200)


def _page(request: ActorRequest, *, problem: str = "") -> HttpResponse:
    actor = request.actor
    resets = resets_seen(actor)
    context = {
        "uai": actor.uai,
        "rows": watched_students(actor, resets),
        "resets": last_resets(actor, resets),
        "problem": problem,
        "note": request.POST.get("note", ""),
        "may_act": actor.has(MANAGE),
        "may_choose": actor.has(DECIDE),
    }
    return render(request, "attendance/watching.html", context, status=422 if problem else 200)
