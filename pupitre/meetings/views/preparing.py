"""An evening made ready: its hours and classes, its teachers and their rooms."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pupitre.directory.models import Group
from pupitre.directory.queries import groups_with_counts
from pupitre.foundation.access import get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest
from pupitre.meetings.forms import MeetingForm, initial_of, places_sent
from pupitre.meetings.models import Meeting, MeetingTeacher
from pupitre.meetings.policies import MANAGE
from pupitre.meetings.refusals import Refusal
from pupitre.meetings.services.preparing import add_teachers, prepare, settle, teachers_of_groups


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, MANAGE)
    return _answer(request, uai, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    found = get_allowed_or_404(request.actor, "meetings.manage_meeting", Meeting.objects.all(), pk=pk)
    return _answer(request, uai, found)


def _answer(request: ActorRequest, uai: str, found: Meeting | None) -> HttpResponse:
    groups = [each for each in groups_with_counts(request.actor) if each.kind == Group.Kind.DIVISION]
    problem = ""
    if request.method == "POST":
        form = MeetingForm(request.POST, groups=groups)
        if form.is_valid():
            chosen = [int(each) for each in form.cleaned_data["classes"]]
            try:
                row = prepare(evening=form.evening(), groups=chosen, actor=request.actor, meeting=found)
            except Refusal as why:
                problem = str(why)
            else:
                return redirect("meetings_of_school:teachers", uai=uai, pk=row.pk)
    else:
        form = MeetingForm(initial=initial_of(found) if found else None, groups=groups)
    context = {"uai": uai, "meeting": found, "form": form, "problem": problem}
    status = 422 if problem or form.errors else 200
    return render(request, "meetings/edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def teachers(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    meeting = get_allowed_or_404(request.actor, "meetings.manage_meeting", Meeting.objects.all(), pk=pk)
    rows = list(MeetingTeacher.objects.filter(meeting=meeting).order_by("person__sort_key"))
    problem = ""
    if request.method == "POST" and "ajouter" in request.POST:
        groups = list(meeting.groups.values_list("group_id", flat=True))
        add_teachers(meeting=meeting, people=teachers_of_groups(groups))
        return redirect("meetings_of_school:teachers", uai=uai, pk=pk)
    if request.method == "POST":
        places, out, problem = places_sent(request.POST, rows)
        if not problem:
            try:
                settle(meeting=meeting, places=places, left_out=out, actor=request.actor)
            except Refusal as why:
                problem = str(why)
            else:
                return redirect("meetings_of_school:board", uai=uai, pk=pk)
    typed = request.POST if problem else {}
    context = {"uai": uai, "meeting": meeting, "teachers": rows, "problem": problem, "typed": typed}
    return render(request, "meetings/teachers.html", context, status=422 if problem else 200)
