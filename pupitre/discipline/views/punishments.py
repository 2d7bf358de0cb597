"""Punishments: whom, what, and what became of it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.attendance.models import RollCall
from pupitre.attendance.queries.students import students_found
from pupitre.directory.activation import divisions_of_today
from pupitre.directory.models import Group, Student
from pupitre.discipline.forms import PunishForm
from pupitre.discipline.models import Incident, Punishment
from pupitre.discipline.policies import holds_detentions, may_punish, sees_all
from pupitre.discipline.queries.detentions import detentions_seen
from pupitre.discipline.queries.incidents import incidents_seen
from pupitre.discipline.queries.punishments import (
    FILTERS,
    list_punishments,
    punishments_seen,
    readings_of,
    sittings_of,
)
from pupitre.discipline.refusals import Refusal
from pupitre.discipline.services.punishing import cancel, end, punish, show
from pupitre.discipline.services.reading import acknowledge
from pupitre.discipline.views.asking import number_asked
from pupitre.foundation import clock
from pupitre.foundation.access import allowed, get_allowed_or_404
from pupitre.foundation.actor import ActorRequest


@require_safe
def punishments(request: ActorRequest, uai: str) -> HttpResponse:
    actor = request.actor
    if not may_punish(actor) and not sees_all(actor):
        raise Http404
    asked = request.GET.get("filtre", "")
    filtered = asked if asked in FILTERS else "a-suivre"
    division = number_asked(request.GET.get("classe", ""))
    number = number_asked(request.GET.get("page", "")) or 1
    context = {
        "uai": uai,
        "list": list_punishments(actor, filtered=filtered, division=division, number=number),
        "filtered": filtered,
        "division": division,
        "divisions": divisions_of_today(),
        "may_punish": may_punish(actor),
        "holds": holds_detentions(actor) or detentions_seen(actor).exists(),
        "knows_all": sees_all(actor),
    }
    return render(request, "discipline/punishments.html", context)


@require_safe
def choose(request: ActorRequest, uai: str, pk: int | None = None) -> HttpResponse:
    """Whom: a name, or one of a class. Each punishment is one student's."""
    if not may_punish(request.actor):
        raise Http404
    if pk is not None and not Group.objects.filter(pk=pk).exists():
        raise Http404
    text = request.GET.get("q", "").strip()[:80]
    division = pk or number_asked(request.GET.get("classe", ""))
    context = {
        "uai": uai,
        "text": text,
        "division": division,
        "divisions": divisions_of_today(),
        "found": students_found(text=text, division=division),
    }
    return render(request, "discipline/choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Give a punishment to one student; `appel` names the register from which they were sent out."""
    actor = request.actor
    rows = Student.objects.select_related("person")
    student = get_allowed_or_404(actor, "discipline.punish_student", rows, pk=pk)
    asked = request.POST if request.method == "POST" else request.GET
    register = _register(asked.get("appel", ""), student)
    incident = _incident(request, asked.get("incident", ""))
    initial: dict[str, Any] = {}
    if register is not None:
        initial = {"nature": Punishment.Kind.LESSON_EXCLUSION, "le": register.held_on}
    form = PunishForm(request.POST if request.method == "POST" else None, initial=initial)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = punish(student=student, given=form.given, actor=actor, roll_call=register, incident=incident)
        except Refusal as no:
            problem = str(no)
        else:
            return redirect("discipline:punishment", uai=uai, pk=made.pk)
    context = {
        "uai": uai,
        "student": student,
        "form": form,
        "problem": problem,
        "register": register,
        "incident": incident,
    }
    return render(request, "discipline/give.html", context, status=422 if problem or form.errors else 200)


def _register(text: str, student: Student) -> RollCall | None:
    number = number_asked(text)
    if number is None:
        return None
    found: RollCall | None = RollCall.objects.filter(pk=number, student_ids__contains=[student.pk]).first()
    return found


def _incident(request: ActorRequest, text: str) -> Incident | None:
    number = number_asked(text)
    return incidents_seen(request.actor).filter(pk=number).first() if number is not None else None


@require_safe
def punishment(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    return _page(request, _seen(request, pk))


def _seen(request: ActorRequest, pk: int) -> Punishment:
    rows = punishments_seen(request.actor).select_related("roll_call__group", "incident")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_POST
def follow(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Done or not, shown, taken back."""
    actor = request.actor
    found = get_allowed_or_404(actor, "discipline.follow_punishment", Punishment.objects.all(), pk=pk)
    action = request.POST.get("action", "")
    try:
        if action in ("faite", "non-faite"):
            end(punishment=found, is_done=action == "faite", actor=actor)
        elif action == "montrer":
            show(punishment=found, actor=actor)
        elif action == "annuler":
            cancel(punishment=found, actor=actor)
    except Refusal as no:
        return _page(request, _seen(request, pk), refusal=str(no))
    return redirect("discipline:punishment", uai=uai, pk=pk)


@require_POST
def read(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    found = get_allowed_or_404(request.actor, "discipline.read_punishment", Punishment.objects.all(), pk=pk)
    acknowledge(target=found, actor=request.actor)
    return redirect("discipline:punishment", uai=uai, pk=pk)


def _page(request: ActorRequest, found: Punishment, *, refusal: str = "") -> HttpResponse:
    actor, one = request.actor, Punishment.objects.filter(pk=found.pk)
    readings = readings_of(found)
    is_own = found.student.person_id == actor.person_id
    is_family = is_own or allowed(actor, "discipline.read_punishment", one).exists()
    is_staff = may_punish(actor) or not is_family
    context = {
        "uai": actor.uai,
        "punishment": found,
        "sittings": sittings_of(found) if found.kind == Punishment.Kind.DETENTION else [],
        "readings": readings,
        "is_own": is_own,
        "is_family": is_family,
        "is_staff": is_staff,
        "has_read": any(each.person_id == actor.person_id for each in readings),
        "may_follow": is_staff and allowed(actor, "discipline.follow_punishment", one).exists(),
        "may_plan": holds_detentions(actor) and found.kind == Punishment.Kind.DETENTION,
        "is_late": bool(found.due_on and found.due_on < clock.today() and found.state == Punishment.State.TO_DO),
        "refusal": refusal,
    }
    return render(request, "discipline/punishment.html", context, status=422 if refusal else 200)
