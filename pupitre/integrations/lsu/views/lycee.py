"""The booklet of the lycée: which subject is which, then each student’s engagements and opinions."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.lsu.forms_lycee import LyceeYearForm
from pupitre.integrations.lsu.models import LyceeYear
from pupitre.integrations.lsu.policies import MANAGE, WRITE_CYCLES
from pupitre.integrations.lsu.queries.lycee import classes_of_lycee, paths_of_school, subjects_of_path
from pupitre.integrations.lsu.queries.lycee_subjects import writes_subjects
from pupitre.integrations.lsu.queries.terms import is_lycee
from pupitre.integrations.lsu.refusals import Refusal
from pupitre.integrations.lsu.services.lycee import TypedYear, match_subjects, write_lycee_year


@require_http_methods(["GET", "HEAD", "POST"])
def subjects(request: ActorRequest, uai: str) -> HttpResponse:
    """Under which subject of the booklet each one stands, path by path."""
    require(request.actor, MANAGE)
    if not is_lycee():
        raise Http404
    paths = paths_of_school()
    asked = (request.POST or request.GET).get("filiere", "")
    path = next((each for each in paths if each.mef == asked), next(iter(paths), None))
    rows, problem = subjects_of_path(path.mef) if path else [], ""
    told = {each.subject.pk: request.POST.get(f"s{each.subject.pk}", each.label) for each in rows}
    if request.method == "POST" and path is not None:
        chosen = {
            each.subject.pk: (told[each.subject.pk], f"t{each.subject.pk}" in request.POST)
            for each in rows
            if told[each.subject.pk].strip() != each.label or f"t{each.subject.pk}" in request.POST
        }
        try:
            match_subjects(mef=path.mef, told=chosen, actor=request.actor)
            return redirect(f"{request.path}?filiere={path.mef}&dit=fait")
        except Refusal as no:
            problem = str(no)
    context = {
        "uai": uai, "paths": paths, "path": path, "rows": rows, "told": told, "problem": problem,
        "unmatched": sum(not each.label for each in rows), "is_done": request.GET.get("dit") == "fait",
    }  # fmt: skip
    return render(request, "lsu/lycee_subjects.html", context, status=422 if problem else 200)


@require_safe
def classes(request: ActorRequest, uai: str) -> HttpResponse:
    """The classes that the reader writes for, student by student."""
    found = classes_of_lycee(request.actor) if is_lycee() else []
    if not found and not (request.actor.has(MANAGE) and is_lycee()):
        raise Http404
    may_write = request.actor.has(WRITE_CYCLES) or not request.actor.has(MANAGE)
    return render(
        request,
        "lsu/lycee_classes.html",
        {
            "uai": uai,
            "classes": found,
            "may_write": may_write,
            "writes_subjects": writes_subjects(request.actor),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def student(request: ActorRequest, uai: str, group: int, pk: int) -> HttpResponse:
    """Write of the year of a student, then go to the next of the class."""
    found = classes_of_lycee(request.actor, "lsu.write_cycle") if is_lycee() else []
    one = next((each for each in found if each.division.pk == group), None)
    places = [each.pk for each, _year in one.rows] if one else []
    if one is None or pk not in places:
        raise Http404
    at = places.index(pk)
    who, year = one.rows[at]
    following = places[at + 1] if at + 1 < len(places) else None
    decides = request.actor.has(WRITE_CYCLES)
    form = LyceeYearForm(request.POST if request.method == "POST" else None, decides=decides, initial=_known(year))
    problem = ""
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        typed = TypedYear(
            told["engagements"],
            told["detail"],
            told["appreciation"],
            told.get("head_opinion", ""),
            told["exam_opinion"],
        )
        try:
            write_lycee_year(
                student=who, year=one.division.school_year, typed=typed, version=told["version"] or 0,
                actor=request.actor,
            )  # fmt: skip
            to_next = "suivant" in request.POST and following is not None
            return redirect(reverse("lsu:lycee_year", args=[uai, group, following if to_next else pk]) + "?dit=fait")
        except Refusal as no:
            problem = str(no)
    context = {
        "uai": uai, "found": one, "student": who, "year": year, "form": form, "problem": problem,
        "following": following, "decides": decides, "is_done": request.GET.get("dit") == "fait",
    }  # fmt: skip
    return render(request, "lsu/lycee_year.html", context, status=422 if problem or form.errors else 200)


def _known(year: LyceeYear | None) -> dict[str, object]:
    names = ("engagements", "detail", "appreciation", "head_opinion", "exam_opinion", "version")
    return {name: getattr(year, name) for name in names} if year else {"version": 0}
