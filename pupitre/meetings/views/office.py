"""An evening for those who organise it: where it stands, the plan, appointments moved by hand."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.foundation.access import get_allowed_or_404, require
from pupitre.foundation.actor import Actor, ActorRequest
from pupitre.meetings.forms import number_sent
from pupitre.meetings.models import Meeting, Wish
from pupitre.meetings.policies import MANAGE
from pupitre.meetings.queries.office import meetings_of, receiving, standing_of
from pupitre.meetings.refusals import Refusal
from pupitre.meetings.services.arranging import move, options_for, publish, remove
from pupitre.meetings.services.planning import ask_plan
from pupitre.meetings.services.preparing import call_off, open_wishes


@require_safe
def meetings(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, MANAGE)
    return render(request, "meetings/meetings.html", {"uai": uai, "meetings": meetings_of(request.actor)})


@require_safe
def board(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    if "suivi" in request.GET and meeting.work in (Meeting.Work.ASKED, Meeting.Work.RUNNING):
        # The page asks how far the work is; it comes whole once it is done.
        return render(request, "meetings/_progress.html", {"meeting": meeting, "uai": uai})
    if "suivi" in request.GET:
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    return _board(request, uai, meeting)


def _board(request: ActorRequest, uai: str, meeting: Meeting, refusal: str = "") -> HttpResponse:
    context = {
        "uai": uai,
        "meeting": meeting,
        "standing": standing_of(meeting),
        "lists": receiving(meeting),
        "is_working": meeting.work in (Meeting.Work.ASKED, Meeting.Work.RUNNING),
        "refusal": refusal,
        "said": request.GET.get("dit", ""),
    }
    return render(request, "meetings/board.html", context, status=422 if refusal else 200)


@require_POST
def act(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    action = request.POST.get("action", "")
    if action not in _VERBS:
        raise Http404
    try:
        _VERBS[action](meeting, request.actor)
    except Refusal as why:
        return _board(request, uai, meeting, str(why))
    return _back(uai, pk, action)


@require_http_methods(["GET", "HEAD", "POST"])
def move_one(request: ActorRequest, uai: str, pk: int, wish: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    rows = Wish.objects.filter(request__meeting=meeting).select_related("request", "teacher", "student__person")
    found = rows.filter(pk=wish).first()
    if found is None:
        raise Http404
    refusal = ""
    if request.method == "POST":
        try:
            if "annuler" in request.POST:
                remove(meeting=meeting, wish=found, actor=request.actor)
            else:
                move(meeting=meeting, wish=found, slot=number_sent(request.POST, "horaire"), actor=request.actor)
        except Refusal as why:
            refusal = str(why)
        else:
            return _back(uai, pk, "deplace")
    context = {
        "uai": uai,
        "meeting": meeting,
        "wish": found,
        "options": options_for(meeting, found),
        "refusal": refusal,
    }
    return render(request, "meetings/move.html", context, status=422 if refusal else 200)


def _meeting(request: ActorRequest, pk: int) -> Meeting:
    return get_allowed_or_404(request.actor, "meetings.manage_meeting", Meeting.objects.all(), pk=pk)


def _back(uai: str, pk: int, said: str) -> HttpResponse:
    response = redirect("meetings_of_school:board", uai=uai, pk=pk)
    response["Location"] += f"?dit={said}"
    return response


def _open(meeting: Meeting, actor: Actor) -> None:
    open_wishes(meeting=meeting, actor=actor)


def _plan(meeting: Meeting, actor: Actor) -> None:
    ask_plan(meeting=meeting, actor=actor)


def _publish(meeting: Meeting, actor: Actor) -> None:
    publish(meeting=meeting, actor=actor)


def _call_off(meeting: Meeting, actor: Actor) -> None:
    call_off(meeting=meeting, actor=actor)


_VERBS: dict[str, Callable[[Meeting, Actor], None]] = {
    "ouvrir": _open,
    "planifier": _plan,
    "publier": _publish,
    "annuler": _call_off,
}
