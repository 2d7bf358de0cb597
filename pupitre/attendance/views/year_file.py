"""The individual file of the year: on the screen of the office and of the family, and on paper."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pupitre.attendance.policies import VIEW
from pupitre.attendance.queries.cases import division_of
from pupitre.attendance.queries.year_file import year_file_of
from pupitre.attendance.views.record import year_until_today
from pupitre.attendance.words import reason_of, span_of_case
from pupitre.directory.models import Student
from pupitre.foundation import clock
from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest


@require_safe
def year_file(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    actor = request.actor
    students = Student.objects.select_related("person").annotate(division=division_of("pk"))
    student = get_allowed_or_404(actor, "attendance.view_file", students, pk=pk)
    first, last = year_until_today()
    context = {
        "uai": uai,
        "file": year_file_of(student, first, last, with_notes=actor.has(VIEW)),
        "division": getattr(student, "division", "") or "",
        "first": first,
        "today": clock.today(),
        "reason_of": reason_of,
        "span_of_case": span_of_case,
        "sees_all": actor.has(VIEW),
        "is_own": student.person_id == actor.person_id,
    }
    return render(request, "attendance/year_file.html", context)
