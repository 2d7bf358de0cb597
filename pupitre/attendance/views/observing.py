"""Observations at a lesson, and what families answer: they were read."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from pupitre.attendance.forms_observing import ObservationForm
from pupitre.attendance.models import Observation, RollCall
from pupitre.attendance.policies import MAY_CALL_VERB
from pupitre.attendance.queries.observations import observations_of_lesson, students_of_lesson
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.observing import acknowledge, observe, withdraw_observation
from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest


@require_http_methods(["GET", "HEAD", "POST"])
def observations(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Those of a lesson; posted, one for all the students ticked, or one taken back."""
    actor = request.actor
    lesson = get_allowed_or_404(actor, MAY_CALL_VERB, RollCall.objects.select_related("group"), pk=pk)
    if request.method != "POST":
        return _page(request, lesson, ObservationForm())
    here = reverse("attendance:observations", args=[uai, pk])
    if "retirer" in request.POST:
        number = request.POST["retirer"]
        rows = Observation.objects.filter(roll_call=lesson)
        asked = int(number) if number.isdecimal() and len(number) < 19 else 0
        gone = get_allowed_or_404(actor, "attendance.withdraw_observation", rows, pk=asked)
        withdraw_observation(observation=gone, actor=actor)
        return redirect(here)
    form = ObservationForm(request.POST)
    ticked = {int(each) for each in request.POST.getlist("eleve") if each.isdecimal() and len(each) < 19}
    if form.is_valid():
        data = form.cleaned_data
        try:
            observe(
                roll_call=lesson,
                students=ticked,
                kind=data["nature"],
                text=data["texte"],
                is_shown=data["montrer"],
                actor=actor,
            )
        except Refusal as no:
            form.add_error(None, str(no))
        else:
            return redirect(here)
    return _page(request, lesson, form, ticked)


@require_POST
def read(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """A guardian says to have read it."""
    found = get_allowed_or_404(request.actor, "attendance.acknowledge_observation", Observation.objects.all(), pk=pk)
    acknowledge(observation=found, actor=request.actor)
    return redirect("attendance:record", uai=uai, pk=found.student_id)


def _page(
    request: ActorRequest, lesson: RollCall, form: ObservationForm, ticked: set[int] | None = None
) -> HttpResponse:
    context = {
        "uai": request.actor.uai,
        "lesson": lesson,
        "students": students_of_lesson(lesson),
        "noted": observations_of_lesson(lesson),
        "form": form,
        "ticked": ticked or set(),
        "person": request.actor.person_id,
    }
    return render(request, "attendance/observations.html", context, status=422 if form.errors else 200)
