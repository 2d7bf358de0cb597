"""The gate: who may leave now, read on a telephone by whoever stands there; the regimes, and who has which."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from pupitre.attendance.forms_exits import RegimeForm, form_of
from pupitre.attendance.models import ExitRegime, ExitRequest
from pupitre.attendance.policies import GATE, MANAGE, RULES, VIEW
from pupitre.attendance.queries.exits import AtTheGate, at_the_gate, exits_of, regime_of
from pupitre.attendance.queries.registers import is_prepared
from pupitre.attendance.queries.roll_call import local_now
from pupitre.attendance.queries.students import students_found
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.exits import regimes_of_school, retire_regime, set_exits, write_regime
from pupitre.attendance.services.preparing import prepare_registers
from pupitre.attendance.words_gate import answer_of, reason_of
from pupitre.directory.activation import divisions_of_today
from pupitre.foundation import clock
from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest
from pupitre.foundation.faces import faces_of


@require_safe
def gate(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, GATE)
    text, division = request.GET.get("q", "").strip()[:80], request.GET.get("classe", "")
    asked = int(division) if division.isdecimal() and len(division) < 19 else None
    people = _people(text, asked) if text or asked else []
    context = {
        "uai": uai,
        "text": text,
        "division": division,
        "divisions": divisions_of_today(),
        "people": people,
        "faces": faces_of(uai, [each.found.student.pk for each in people]),
        "now": local_now(),
        "answer_of": answer_of,
        "reason_of": reason_of,
        "sees_all": request.actor.has(VIEW),
        "manages": request.actor.has(MANAGE),
    }
    return render(request, "attendance/gate.html", context)


@require_safe
def regimes(request: ActorRequest, uai: str) -> HttpResponse:
    """The regimes of the school, and its classes."""
    require(request.actor, MANAGE)
    return regimes_page(request)


@require_http_methods(["GET", "HEAD", "POST"])
def regime(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """One regime; 0 is a new one."""
    require(request.actor, RULES)
    found = get_object_or_404(ExitRegime.objects.filter(is_active=True), pk=pk) if pk else None
    if request.method != "POST":
        return _regime(request, found, form_of(found))
    form = RegimeForm(request.POST)
    try:
        if found and "retirer" in request.POST:
            retire_regime(regime=found, actor=request.actor)
        elif form.is_valid():
            write_regime(regime=found, facts=form.cleaned_data, actor=request.actor)
        else:
            return _regime(request, found, form)
    except Refusal as no:
        return _regime(request, found, form, problem=str(no))
    return redirect("attendance:regimes", uai=uai)


@require_http_methods(["GET", "HEAD", "POST"])
def class_exits(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """The regimes of a class: each student's, or the same for all those who are ticked."""
    require(request.actor, MANAGE)
    division = get_object_or_404(divisions_of_today(), pk=pk)
    known = regimes_of_school()
    found = students_found(division=pk)
    if request.method == "POST":
        by_key = {str(each.pk): each for each in known}
        chosen = {
            each.student.pk: by_key.get(asked)
            for each in found
            if (asked := _asked(request, each.student.pk)) is not None and (asked in by_key or not asked)
        }
        count = set_exits(chosen=chosen, actor=request.actor)
        return redirect(f"{request.path}?{urlencode({'n': count})}")
    own = exits_of([each.student.pk for each in found])
    rows = [(each, own.get(each.student.pk), regime_of(each.student, None, known)) for each in found]
    number = request.GET.get("n", "")
    context = {
        "uai": uai,
        "division": division,
        "rows": rows,
        "regimes": known,
        "count": int(number) if number.isdecimal() else None,
    }
    return render(request, "attendance/class_exits.html", context)


def _people(text: str, division: int | None) -> list[AtTheGate]:
    """Asked again once the registers of the day are made, when nobody has a lesson yet."""
    regimes = regimes_of_school()
    people = at_the_gate(text, division, regimes)
    if people and not any(each.lessons for each in people) and not is_prepared(clock.today()):
        prepare_registers(clock.today())
        people = at_the_gate(text, division, regimes)
    return people


def _asked(request: ActorRequest, pk: int) -> str | None:
    """What was chosen for a student: the regime given to all who are ticked, else their own."""
    everyone = request.POST.get("tous", "")
    if everyone and str(pk) in request.POST.getlist("eleve"):
        return everyone
    return request.POST.get(f"regime_{pk}")


def regimes_page(request: ActorRequest, *, problem: str = "") -> HttpResponse:
    """The regimes, what families ask, and the classes."""
    waiting = ExitRequest.objects.filter(state=ExitRequest.State.PENDING).select_related("student__person", "regime")
    context = {
        "uai": request.actor.uai,
        "regimes": regimes_of_school(),
        "requests": list(waiting.order_by("asked_at")),
        "divisions": divisions_of_today(),
        "may_set": request.actor.has(RULES),
        "problem": problem,
    }
    return render(request, "attendance/regimes.html", context, status=422 if problem else 200)


def _regime(request: ActorRequest, found: ExitRegime | None, form: RegimeForm, problem: str = "") -> HttpResponse:
    context: dict[str, Any] = {"uai": request.actor.uai, "regime": found, "form": form, "problem": problem}
    status = 422 if problem or (form.is_bound and form.errors) else 200
    return render(request, "attendance/regime.html", context, status=status)
