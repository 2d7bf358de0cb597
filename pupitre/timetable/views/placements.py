"""Work placements, kept by the office: when a class is in companies, and where each student goes."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from pupitre.foundation import clock
from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest
from pupitre.timetable.forms_placement import DaysForm, PlanForm, places_sent
from pupitre.timetable.models import PlacedStudent, WorkPlacement
from pupitre.timetable.policies import MANAGE
from pupitre.timetable.queries.placements import placements_from, students_of_placement
from pupitre.timetable.queries.planned import groups_with_courses
from pupitre.timetable.refusals import Refusal
from pupitre.timetable.services.placing import Place, cancel_placement, plan_placement, write_placement


@require_http_methods(["GET", "HEAD", "POST"])
def placements(request: ActorRequest, uai: str) -> HttpResponse:
    """Those that are not over, and the form to plan another."""
    require(request.actor, MANAGE)
    groups = [each for each in groups_with_courses() if each.kind == each.Kind.DIVISION]
    form, problem = PlanForm(request.POST if request.method == "POST" else None, groups=groups), ""
    if request.method == "POST" and form.is_valid():
        sent = dict(form.cleaned_data)
        sent["group"] = next(each for each in groups if each.pk == sent["group"])
        try:
            made = plan_placement(**sent, actor=request.actor)
        except Refusal as no:
            problem = str(no)
        else:
            return redirect("timetable:placement", uai, made.pk)
    context = {"uai": uai, "form": form, "problem": problem, "placements": placements_from(clock.today())}
    return render(request, "timetable/placements.html", context, status=422 if problem or form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def placement(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """One placement: its days, and a line a student."""
    require(request.actor, MANAGE)
    found = get_object_or_404(WorkPlacement.objects.select_related("group"), pk=pk, cancelled_at=None)
    if request.method == "POST" and "annuler" in request.POST:
        cancel_placement(placement=found, actor=request.actor)
        return redirect("timetable:placements", uai)
    rows, problem = students_of_placement(found), ""
    places = {each.student_id: Place(each.company, each.place, each.tutor, each.agreement) for each in rows}
    initial = {"starts_on": found.starts_on, "ends_on": found.ends_on}
    form = DaysForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        places = places_sent(request.POST, rows)
        if form.is_valid():
            try:
                write_placement(placement=found, places=places, actor=request.actor, **form.cleaned_data)
            except Refusal as no:
                problem = str(no)
            else:
                return redirect(f"{request.path}?dit=fait")
    context = {
        "uai": uai,
        "placement": found,
        "form": form,
        "rows": [(each.student, places[each.student_id]) for each in rows],
        "agreements": PlacedStudent.Agreement.choices,
        "going": sum(each.agreement == PlacedStudent.Agreement.SIGNED for each in places.values()),
        "problem": problem,
        "is_done": request.GET.get("dit") == "fait",
    }
    return render(request, "timetable/placement.html", context, status=422 if problem or form.errors else 200)
