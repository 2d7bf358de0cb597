"""The ends of cycles: the classes, a student, the file."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.foundation.access import EVERYONE, require
from pupitre.foundation.actor import Actor, ActorRequest
from pupitre.gradebook.queries.skills import skills_of_student
from pupitre.gradebook.queries.terms import term_asked, terms_of_year
from pupitre.gradebook.socle import Level
from pupitre.integrations.lsu.forms_cycles import CycleForm
from pupitre.integrations.lsu.policies import MANAGE, WRITE_CYCLES
from pupitre.integrations.lsu.queries.cycles import ClassCycle, StudentCycle, classes_of
from pupitre.integrations.lsu.refusals import Refusal
from pupitre.integrations.lsu.services.cycles import Typed, export_cycles, write_cycle_end


@require_safe
def cycles(request: ActorRequest, uai: str) -> HttpResponse:
    """The classes of 6e and 3e that the reader writes for, student by student."""
    return _page(request, uai)


@require_POST
def export(request: ActorRequest, uai: str) -> HttpResponse:
    """Make the file of the ends of cycle that are complete."""
    require(request.actor, MANAGE)
    term = term_asked(terms_of_year(), "")
    if term is None:
        raise Http404
    try:
        made = export_cycles(term=term, actor=request.actor)
    except Refusal as no:
        return _page(request, uai, problem=str(no))
    return redirect("lsu:made", uai=uai, pk=made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def student(request: ActorRequest, uai: str, group: int, pk: int) -> HttpResponse:
    """Write the end of the cycle of a student, then go to the next of the class."""
    found, row, following = _row(request.actor, group, pk)
    form, problem = CycleForm(request.POST if request.method == "POST" else None, initial=_known(row)), ""
    if request.method == "POST" and form.is_valid():
        try:
            _write(found, row, form, request.actor)
            to_next = "suivant" in request.POST and following is not None
            return redirect(reverse("lsu:cycle", args=[uai, group, following if to_next else pk]) + "?dit=fait")
        except Refusal as no:
            problem = str(no)
    proposed = skills_of_student(row.student, EVERYONE)
    context = {
        "uai": uai, "found": found, "row": row, "form": form, "problem": problem, "following": following,
        "proposed": {each.domain.value: Level(each.level).label for each in proposed.domains if each.level},
        "is_done": request.GET.get("dit") == "fait",
    }  # fmt: skip
    return render(request, "lsu/cycle.html", context, status=422 if problem or form.errors else 200)


def _row(actor: Actor, group: int, pk: int) -> tuple[ClassCycle, StudentCycle, int | None]:
    """The class, the student and the number of the next one. Raises Http404."""
    found = next((each for each in classes_of(actor, "lsu.write_cycle") if each.division.pk == group), None)
    places = [each.student.pk for each in found.rows] if found else []
    if found is None or pk not in places:
        raise Http404
    at = places.index(pk)
    return found, found.rows[at], places[at + 1] if at + 1 < len(places) else None


def _write(found: ClassCycle, row: StudentCycle, form: CycleForm, actor: Actor) -> None:
    told = form.cleaned_data
    typed = Typed(
        form.levels,
        told["synthesis"],
        told["complement"],
        int(told["complement_level"]) if told["complement_level"] else None,
    )
    write_cycle_end(
        student=row.student, year=found.division.school_year, cycle=found.cycle, typed=typed,
        version=told["version"] or 0, actor=actor,
    )  # fmt: skip


def _known(row: StudentCycle) -> dict[str, object]:
    if row.end is None:
        return {"version": 0}
    end = row.end
    return {
        **end.levels, "synthesis": end.synthesis, "complement": end.complement, "complement_level": end.complement_level,
        "version": end.version,
    }  # fmt: skip


def _page(request: ActorRequest, uai: str, *, problem: str = "") -> HttpResponse:
    classes = classes_of(request.actor)
    if not classes and not request.actor.has(MANAGE):
        raise Http404
    context = {
        "uai": uai,
        "classes": classes,
        "may_export": request.actor.has(MANAGE),
        "may_write": request.actor.has(WRITE_CYCLES) or not request.actor.has(MANAGE),
        "problem": problem,
    }
    return render(request, "lsu/cycles.html", context, status=422 if problem else 200)
