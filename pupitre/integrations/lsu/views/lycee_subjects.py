"""The year of students in a subject, as the booklet of the lycée says it: whoever marks a course writes it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.lsu import limits
from pupitre.integrations.lsu.queries.lycee_subjects import WRITE, courses_written, rows_of_course
from pupitre.integrations.lsu.queries.terms import is_lycee
from pupitre.integrations.lsu.services.lycee_subjects import write_appreciations
from pupitre.timetable.models import Course


@require_safe
def courses(request: ActorRequest, uai: str) -> HttpResponse:
    """The courses of which the reader writes."""
    found = courses_written(request.actor) if is_lycee() else []
    if not found:
        raise Http404
    return render(request, "lsu/lycee_courses.html", {"uai": uai, "courses": found})


@require_http_methods(["GET", "HEAD", "POST"])
def course(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Write of the year of each student of a course."""
    if not is_lycee():
        raise Http404
    rows = Course.objects.select_related("subject", "group")
    found = get_allowed_or_404(request.actor, WRITE, rows, pk=pk)
    students = rows_of_course(found)
    refused: dict[int, tuple[str, int]] = {}
    typed: dict[int, str] = {}
    if request.method == "POST":
        told = {
            each.student.pk: (request.POST[f"t{each.student.pk}"], _number(request, f"b{each.student.pk}"))
            for each in students
            if f"t{each.student.pk}" in request.POST
        }
        refused = write_appreciations(course=found, told=told, actor=request.actor)
        if not refused:
            return redirect(f"{request.path}?dit=fait")
        typed = {pk: told[pk][0] for pk in refused}
        students = rows_of_course(found)
    context = {
        "uai": uai, "course": found, "rows": students, "refused": refused, "typed": typed, "most": limits.APPRECIATION,
        "written": sum(bool(each.text) for each in students), "is_done": request.GET.get("dit") == "fait",
    }  # fmt: skip
    return render(request, "lsu/lycee_course.html", context, status=422 if refused else 200)


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 9 else 0
