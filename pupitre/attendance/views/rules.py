"""The rules of the school, and its reasons; for whoever holds `attendance.set_rules`."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from pupitre.attendance.forms_rules import ReasonForm, RulesForm
from pupitre.attendance.models import AbsenceReason
from pupitre.attendance.policies import DECIDE, RULES
from pupitre.attendance.queries.reasons import reasons_with_use
from pupitre.attendance.queries.rules import rules_of_school
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.reasons import change_reason, hide_reason, reasons_of_school, show_reason
from pupitre.attendance.services.ruling import set_rules
from pupitre.establishments.models import Establishment
from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, RULES)
    if request.method == "POST":
        form = RulesForm(request.POST)
        if form.is_valid():
            set_rules(facts=form.cleaned_data, actor=request.actor)
            return redirect(f"{request.path}?dit=fait")
    else:
        form = RulesForm(initial=_known(request))
    reasons_of_school()
    context = {
        "uai": uai,
        "form": form,
        "reasons": reasons_with_use(),
        "may_close": request.actor.has(DECIDE),
        "is_done": request.GET.get("dit") == "fait",
    }
    return render(request, "attendance/rules.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def reason(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """One reason; 0 is a new one."""
    require(request.actor, RULES)
    found = get_object_or_404(AbsenceReason.objects.all(), pk=pk) if pk else None
    problem = ""
    if request.method != "POST":
        form = ReasonForm(initial=_facts(found)) if found else ReasonForm()
    else:
        form = ReasonForm(request.POST)
        try:
            if found and "masquer" in request.POST:
                hide_reason(reason=found, actor=request.actor)
            elif found and "remettre" in request.POST:
                show_reason(reason=found, actor=request.actor)
            elif form.is_valid():
                change_reason(reason=found, facts=form.cleaned_data, actor=request.actor)
            else:
                return _reason(request, found, form)
        except Refusal as no:
            problem = str(no)
        else:
            return redirect("attendance:rules", uai=uai)
    return _reason(request, found, form, problem)


def _reason(request: ActorRequest, found: AbsenceReason | None, form: ReasonForm, problem: str = "") -> HttpResponse:
    context = {"uai": request.actor.uai, "reason": found, "form": form, "problem": problem}
    status = 422 if problem or (form.is_bound and form.errors) else 200
    return render(request, "attendance/reason.html", context, status=status)


def _known(request: ActorRequest) -> dict[str, Any]:
    held = rules_of_school()
    cut = Establishment.objects.values_list("half_day_cut", flat=True).get(pk=request.actor.establishment_id)
    known = {name: getattr(held, name) for name in RulesForm.base_fields if hasattr(held, name)}
    return {**known, "half_day_cut": cut, "splits_long": held.splits_long_from_on is not None}


def _facts(found: AbsenceReason) -> dict[str, Any]:
    return {name: getattr(found, name) for name in ReasonForm.base_fields}
