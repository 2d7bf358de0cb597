"""The grid of marks: read, sent whole as a form, or cell by cell by a device; and its tables for spreadsheets."""

from typing import Any

import msgspec
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.foundation.access import allowed, get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.foundation.spreadsheets import as_table
from pupitre.gradebook.display import GridPage, grid_page, live_column
from pupitre.gradebook.forms import PublishForm
from pupitre.gradebook.models import Assessment
from pupitre.gradebook.queries.grid import Grid, grid_of
from pupitre.gradebook.queries.incoming import waiting_for
from pupitre.gradebook.queries.terms import term_asked, terms_of_year
from pupitre.gradebook.rounding import written
from pupitre.gradebook.services.entering import Outcome, Told, note_marks
from pupitre.gradebook.tables import sheet_of
from pupitre.gradebook.typed import LETTERS
from pupitre.timetable.display import subject_colour
from pupitre.timetable.models import Course

MOST_CELLS = 200
# Longer than what is kept, so that what is too long is told and not cut in silence.
_LONGEST = 1000
KINDS = {"ods": "LibreOffice (ODS)", "xlsx": "Excel (XLSX)", "csv": "CSV"}


class SentCell(msgspec.Struct, forbid_unknown_fields=True):
    """A cell as a device sends it."""

    student: int
    text: str
    base: int
    remark: str | None = None


class Sent(msgspec.Struct, forbid_unknown_fields=True):
    """Cells of one assessment."""

    cells: list[SentCell]


@require_http_methods(["GET", "HEAD", "POST"])
def grid(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    courses = Course.objects.select_related("group", "subject")
    # Those who mark it open it all day long: theirs is asked first.
    mine = allowed(request.actor, "gradebook.mark_course", courses.annotate(awaits=Exists(waiting_for(OuterRef("pk")))))
    marked = mine.filter(pk=pk).first()
    course = marked or get_allowed_or_404(request.actor, "gradebook.view_course", courses, pk=pk)
    terms = terms_of_year()
    term = term_asked(terms, (request.POST or request.GET).get("periode", ""))
    if term is None:
        return render(request, "gradebook/no_term.html", {"uai": uai, "course": course})
    if request.method == "POST":
        return _save(request, course, terms, term)
    found = grid_of(course, term)
    live = live_column(found, request.GET.get("evaluation", ""))
    return _page(request, course, terms, term, found, grid_page(found, live), may_mark=marked is not None)


def _save(request: ActorRequest, course: Course, terms: list[Any], term: Any) -> HttpResponse:
    """A whole column, without JavaScript."""
    assessments = Assessment.objects.select_related("course")
    asked = request.POST.get("evaluation", "")
    pk = int(asked) if asked.isdecimal() and len(asked) < 19 else 0
    assessment = get_allowed_or_404(request.actor, "gradebook.mark_assessment", assessments, pk=pk, course=course)
    outcomes = note_marks(assessment=assessment, told=_told(request), actor=request.actor)
    told = {each.student: each for each in outcomes if each.sentence}
    if not told:
        shown = "&remarques=1" if request.POST.get("remarques") == "1" else ""
        query = f"?periode={term.pk}&evaluation={assessment.pk}&dit=fait{shown}"
        return redirect(reverse("gradebook:grid", args=[request.actor.uai, course.pk]) + query)
    found = grid_of(course, term)
    live = live_column(found, str(assessment.pk))
    return _page(
        request, course, terms, term, found, grid_page(found, live, told), may_mark=True, told=list(told.values())
    )


def _told(request: ActorRequest) -> list[Told]:
    told = []
    for name, text in request.POST.items():
        student = name.removeprefix("n")
        base = request.POST.get(f"b{student}", "")
        if name.startswith("n") and student.isdecimal() and len(student) < 19 and base.isdecimal() and len(base) < 9:
            remark = request.POST.get(f"r{student}")
            told.append(Told(int(student), str(text)[:40], int(base), None if remark is None else remark[:_LONGEST]))
    return told[:MOST_CELLS]


def _page(
    request: ActorRequest, course: Course, terms: list[Any], term: Any, found: Grid, page: GridPage,
    *, may_mark: bool, told: list[Outcome] | None = None,
) -> HttpResponse:  # fmt: skip
    context = {
        "uai": request.actor.uai,
        "course": course,
        "colour": subject_colour(course.subject.code, course.subject.label),
        "terms": terms,
        "term": term,
        "grid": found,
        "page": page,
        "may_mark": may_mark,
        "letters": LETTERS,
        "publish": PublishForm(),
        "told": told or [],
        "exports": KINDS.items(),
        "remarks": (request.POST or request.GET).get("remarques") == "1",
        "awaits": getattr(course, "awaits", False),
        "is_saved": request.GET.get("dit") == "fait",
    }
    return render(request, "gradebook/grid.html", context, status=422 if told else 200)


@require_safe
def one_by_one(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """The marks of an assessment, one student at a time: for a phone, a pile of papers beside it."""
    assessments = Assessment.objects.select_related("course__group", "course__subject", "term")
    assessment = get_allowed_or_404(request.actor, "gradebook.mark_assessment", assessments, pk=pk)
    found = grid_of(assessment.course, assessment.term)
    page = grid_page(found, live_column(found, str(assessment.pk)))
    context = {
        "uai": uai,
        "course": assessment.course,
        "assessment": assessment,
        "page": page,
        "lines": [(row, next(cell for cell in row.cells if cell.is_live)) for row in page.rows],
        "letters": LETTERS[:3],
    }
    return render(request, "gradebook/one_by_one.html", context)


@require_POST
def cells(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Cells as a device sends them, answered one by one, with the new averages."""
    assessments = Assessment.objects.select_related("course", "term")
    assessment = get_allowed_or_404(request.actor, "gradebook.mark_assessment", assessments, pk=pk)
    try:
        sent = msgspec.json.decode(request.body, type=Sent)
    except msgspec.MsgspecError:
        return JsonResponse({"sentence": ""}, status=400)
    told = [
        Told(each.student, each.text[:40], each.base, None if each.remark is None else each.remark[:_LONGEST])
        for each in sent.cells[:MOST_CELLS]
    ]
    outcomes = note_marks(assessment=assessment, told=told, actor=request.actor)
    found = grid_of(assessment.course, assessment.term)
    column = next((each for each in grid_page(found, None).columns if each.assessment.id == assessment.pk), None)
    return JsonResponse(
        {
            "cells": [msgspec.to_builtins(each) | {"average": _average(found, each.student)} for each in outcomes],
            "mean": column.mean if column else "",
            "spread": column.spread if column else "",
        }
    )


def _average(found: Grid, student: int) -> str:
    return written(found.value(student), found.rounding)


@require_safe
def export(request: ActorRequest, uai: str, pk: int, kind: str) -> HttpResponse:
    """The grid of a term, for a spreadsheet: ODS, XLSX or CSV."""
    if kind not in KINDS:
        raise Http404
    courses = Course.objects.select_related("group", "subject")
    course = get_allowed_or_404(request.actor, "gradebook.view_course", courses, pk=pk)
    term = term_asked(terms_of_year(), request.GET.get("periode", ""))
    if term is None:
        raise Http404
    body, content_type = as_table(kind, [sheet_of(course, term, grid_of(course, term))])
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="notes-{course.pk}-{term.code.lower()}.{kind}"'
    return response
