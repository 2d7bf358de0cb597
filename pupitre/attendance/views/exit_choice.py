"""The exit regime of a child, as its family reads it and asks for another; the office answers."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pupitre.attendance.models import ExitRequest
from pupitre.attendance.policies import MANAGE
from pupitre.attendance.queries.exits import exits_of, regime_of
from pupitre.attendance.queries.rules import rules_of_school
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.exit_requests import answer_exit, ask_exit
from pupitre.attendance.services.exits import regimes_of_school
from pupitre.attendance.views.gate import regimes_page
from pupitre.directory.models import Student
from pupitre.foundation.access import allowed, get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest


@require_http_methods(["GET", "HEAD", "POST"])
def exit_choice(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """What the family chose and may choose; posted, another regime."""
    actor, rows = request.actor, Student.objects.select_related("person")
    if request.method != "POST":
        return _page(request, get_allowed_or_404(actor, "attendance.view_exit", rows, pk=pk))
    student = get_allowed_or_404(actor, "attendance.announce_absence", rows, pk=pk)
    try:
        ask_exit(student=student, regime=request.POST.get("regime", ""), actor=actor)
    except Refusal as no:
        return _page(request, student, problem=str(no))
    return redirect("attendance:exit_choice", uai=uai, pk=pk)


@require_POST
def answer(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Yes, or no and why."""
    require(request.actor, MANAGE)
    found = get_allowed_or_404(request.actor, "attendance.answer_exit", ExitRequest.objects.all(), pk=pk)
    is_accepted = request.POST.get("reponse") == "oui"
    try:
        answer_exit(request=found, is_accepted=is_accepted, why=request.POST.get("pourquoi", ""), actor=request.actor)
    except Refusal as no:
        return regimes_page(request, problem=str(no))
    return redirect("attendance:regimes", uai=uai)


def _page(request: ActorRequest, student: Student, *, problem: str = "") -> HttpResponse:
    regimes = regimes_of_school()
    own = exits_of([student.pk]).get(student.pk)
    mine = allowed(request.actor, "attendance.announce_absence", Student.objects.filter(pk=student.pk))
    context = {
        "uai": request.actor.uai,
        "student": student,
        "regime": regime_of(student, own, regimes),
        "is_own": own is not None,
        "regimes": regimes,
        "asked": ExitRequest.objects.filter(student=student).select_related("regime").first(),
        "may_ask": rules_of_school().families_choose_exit and mine.exists(),
        "is_student": student.person_id == request.actor.person_id,
        "chosen": request.POST.get("regime", ""),
        "problem": problem,
    }
    return render(request, "attendance/exit_choice.html", context, status=422 if problem else 200)
