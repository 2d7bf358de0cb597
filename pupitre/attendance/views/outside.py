"""Registers outside lessons: open one, take it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from pupitre.attendance.forms_outside import OutsideForm
from pupitre.attendance.models import OutsideRegister
from pupitre.attendance.policies import CALL
from pupitre.attendance.queries.outside import outside_of_day, rows_of_outside
from pupitre.attendance.queries.roll_call import local_now
from pupitre.attendance.queries.students import students_found
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.outside import open_outside, take_outside
from pupitre.attendance.views.treating import numbers
from pupitre.directory.activation import divisions_of_today
from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest


@require_http_methods(["GET", "HEAD", "POST"])
def outside_registers(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, CALL)
    form = OutsideForm(request.POST if request.method == "POST" else None, divisions=list(divisions_of_today()))
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            opened = open_outside(**form.cleaned_data, actor=request.actor)
        except Refusal as no:
            problem = str(no)
        else:
            return redirect("attendance:outside", uai=uai, pk=opened.pk)
    context = {"uai": uai, "form": form, "registers": outside_of_day(local_now().date()), "problem": problem}
    return render(request, "attendance/outside_registers.html", context, status=422 if problem or form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def outside(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """One of them: those expected, ticked when they are there, and whoever else comes."""
    require(request.actor, CALL)
    register = get_object_or_404(OutsideRegister.objects.all(), pk=pk)
    problem = ""
    if request.method == "POST":
        try:
            take_outside(register=register, here=numbers(request.POST.getlist("eleve")), actor=request.actor)
        except Refusal as no:
            problem = str(no)
        else:
            return redirect(f"{request.path}?dit=fait")
    text = request.GET.get("q", "").strip()[:80]
    rows = rows_of_outside(register)
    listed = {row.found.student.pk for row in rows}
    context = {
        "uai": uai,
        "register": register,
        "rows": rows,
        "others": [each for each in students_found(text=text) if each.student.pk not in listed] if text else [],
        "text": text,
        "is_today": register.held_on == local_now().date(),
        "missing": [row for row in rows if row.is_here is False],
        "is_done": request.GET.get("dit") == "fait",
        "problem": problem,
    }
    return render(request, "attendance/outside.html", context, status=422 if problem else 200)
