"""Marks read from a file: shown beside those that are there, and written only once they were looked at."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.gradebook.models import Assessment
from pupitre.gradebook.queries.grid import grid_of
from pupitre.gradebook.reading import LARGEST, marks_in, rows_of
from pupitre.gradebook.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def read_file(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    rows = Assessment.objects.select_related("course__group", "course__subject", "term")
    assessment = get_allowed_or_404(request.actor, "gradebook.mark_assessment", rows, pk=pk)
    context = {
        "uai": uai,
        "assessment": assessment,
        "course": assessment.course,
        "problem": "",
        "found": None,
        "lines": [],
    }
    sent = request.FILES.get("fichier")
    if request.method != "POST":
        return render(request, "gradebook/read_file.html", context)
    if sent is None:
        problem = _("Choisissez un fichier : ODS, XLSX ou CSV.")
        return render(request, "gradebook/read_file.html", context | {"problem": problem}, status=422)
    grid = grid_of(assessment.course, assessment.term)
    try:
        found = marks_in(rows_of(sent.read(LARGEST + 1)), grid.students, assessment.title, assessment.scale)
    except Refusal as no:
        return render(request, "gradebook/read_file.html", context | {"problem": str(no)}, status=422)
    held = {each.id: grid.cells.get((assessment.pk, each.id)) for each in grid.students}
    lines = [
        (each, found.texts.get(each.id, ""), cell.text if (cell := held[each.id]) else "", cell.version if cell else 0)
        for each in grid.students
    ]
    return render(request, "gradebook/read_file.html", context | {"found": found, "lines": lines})
