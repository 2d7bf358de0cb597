"""The office enters an absence, an infirmary visit, an outing… for one student, several, or a class."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pupitre.attendance.forms_office import EntryForm
from pupitre.attendance.policies import MANAGE
from pupitre.attendance.queries.lessons import subjects_taught
from pupitre.attendance.queries.students import StudentFound, students_found
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.entering import enter
from pupitre.attendance.services.reasons import reasons_of_school
from pupitre.directory.activation import divisions_of_today
from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest


@require_http_methods(["GET", "HEAD", "POST"])
def enter_absence(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, MANAGE)
    posted = request.POST if request.method == "POST" else None
    form = EntryForm(posted, reasons=reasons_of_school(), subjects=subjects_taught())
    asked = posted or request.GET
    text, division = asked.get("q", "").strip()[:80], asked.get("classe", "")
    ticked = [int(pk) for pk in asked.getlist("eleve") if pk.isdecimal() and len(pk) < 19]
    found = students_found(text=text, division=int(division) if division.isdecimal() else None, ids=ticked)
    problem = ""
    if posted is not None:
        chosen = [each.student.pk for each in found if each.student.pk in ticked]
        problem = "" if chosen else _("Cochez au moins un élève.")
        if form.is_valid() and chosen:
            try:
                enter(form.entered, chosen, actor=request.actor)
            except Refusal as no:
                problem = str(no)
            else:
                query = urlencode({"dit": "saisie", "n": len(chosen)})
                return redirect(f"{reverse('attendance:cases', args=[uai])}?{query}")
    context = {
        "uai": uai,
        "form": form,
        "found": found,
        "ticked": _ticked(found, ticked, is_class=bool(division)),
        "text": text,
        "division": division,
        "divisions": divisions_of_today(),
        "problem": problem,
    }
    return render(request, "attendance/enter.html", context, status=422 if problem or form.errors else 200)


def _ticked(found: list[StudentFound], ticked: list[int], *, is_class: bool) -> set[int]:
    """Those who are ticked: a student found alone, or the class that was asked for."""
    if ticked:
        return set(ticked)
    return {each.student.pk for each in found} if is_class or len(found) == 1 else set()
