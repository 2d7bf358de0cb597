"""The evening of one teacher: the list to print, and who came."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.meetings.models import MeetingTeacher, Wish
from pupitre.meetings.policies import MANAGE
from pupitre.meetings.queries.office import receiving
from pupitre.meetings.refusals import Refusal
from pupitre.meetings.services.arranging import note_seen


@require_safe
def receiving_list(request: ActorRequest, uai: str, pk: int, teacher: int) -> HttpResponse:
    return _page(request, uai, _place(request, pk, teacher))


@require_POST
def note(request: ActorRequest, uai: str, pk: int, teacher: int, wish: int) -> HttpResponse:
    place = _place(request, pk, teacher)
    found = Wish.objects.filter(teacher=place, pk=wish).first()
    if found is None:
        raise Http404
    try:
        note_seen(wish=found, seen=request.POST.get("venue", ""), actor=request.actor)
    except Refusal as why:
        return _page(request, uai, place, str(why))
    return redirect(f"{_address(uai, pk, teacher)}#r{wish}")


def _address(uai: str, pk: int, teacher: int) -> str:
    return reverse("meetings_of_school:evening", args=[uai, pk, teacher])


def _place(request: ActorRequest, pk: int, teacher: int) -> MeetingTeacher:
    rows = MeetingTeacher.objects.select_related("meeting")
    return get_allowed_or_404(request.actor, "meetings.receive", rows, pk=teacher, meeting=pk)


def _page(request: ActorRequest, uai: str, place: MeetingTeacher, refusal: str = "") -> HttpResponse:
    (evening,) = receiving(place.meeting, [place])
    context = {
        "uai": uai,
        "meeting": place.meeting,
        "evening": evening,
        "manages": request.actor.has(MANAGE),
        "refusal": refusal,
    }
    return render(request, "meetings/evening.html", context, status=422 if refusal else 200)
