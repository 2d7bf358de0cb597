"""An evening for a family: wishes, then appointments, then the times that are free."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pupitre.directory.siblings import colours_of
from pupitre.foundation import clock
from pupitre.foundation.access import allowed, get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.meetings.forms import hours_sent, levels_sent, number_sent
from pupitre.meetings.ical import write_calendar
from pupitre.meetings.models import Meeting, MeetingTeacher, Wish
from pupitre.meetings.queries.family import evening_of, free_slots
from pupitre.meetings.refusals import Refusal
from pupitre.meetings.services.asking import accept, ask, give_back, take_free
from pupitre.meetings.slots import half_hours_of, hours_of


@require_safe
def family(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    return _page(request, uai, _meeting(request, pk))


@require_POST
def wishes(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    levels, away, is_shared = levels_sent(request.POST), hours_sent(request.POST), "ensemble" in request.POST
    try:
        ask(meeting=meeting, levels=levels, away=away, is_shared=is_shared, actor=request.actor)
    except Refusal as why:
        return _page(request, uai, meeting, str(why), levels=levels, away=away, is_shared=is_shared)
    return _back(uai, pk, "voeux")


@require_POST
def reply(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Accept everything proposed, or give one appointment back."""
    meeting = _meeting(request, pk)
    mine = allowed(request.actor, "meetings.hold_wish", Wish.objects.filter(request__meeting=meeting))
    try:
        if "rendre" in request.POST:
            wish = mine.filter(pk=number_sent(request.POST, "rendre")).first()
            if wish is None:
                raise Http404
            give_back(meeting=meeting, wish=wish, actor=request.actor)
            return _back(uai, pk, "rendu")
        accept(meeting=meeting, wishes=list(mine), actor=request.actor)
    except Refusal as why:
        return _page(request, uai, meeting, str(why))
    return _back(uai, pk, "confirme")


@require_POST
def take(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Take a time that is free: `child-teacher-slot`."""
    meeting = _meeting(request, pk)
    parts = request.POST.get("horaire", "").split("-")
    if len(parts) != 3 or not all(part.isdecimal() and len(part) < 19 for part in parts):
        return _page(request, uai, meeting, _("Choisissez un horaire."))
    student, teacher_pk, slot = map(int, parts)
    teacher = MeetingTeacher.objects.filter(meeting=meeting, pk=teacher_pk).first()
    if teacher is None:
        raise Http404
    try:
        take_free(meeting=meeting, student_id=student, teacher=teacher, slot=min(slot, 999), actor=request.actor)
    except Refusal as why:
        return _page(request, uai, meeting, str(why))
    return _back(uai, pk, "inscrit")


@require_safe
def calendar(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    content = write_calendar(meeting, evening_of(request.actor, meeting).appointments, uai)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rendez-vous.ics"'
    return response


def _meeting(request: ActorRequest, pk: int) -> Meeting:
    return get_allowed_or_404(request.actor, "meetings.join_meeting", Meeting.objects.all(), pk=pk)


def _back(uai: str, pk: int, said: str) -> HttpResponse:
    response = redirect("meetings_of_school:family", uai=uai, pk=pk)
    response["Location"] += f"?dit={said}"
    return response


def _page(
    request: ActorRequest,
    uai: str,
    meeting: Meeting,
    refusal: str = "",
    *,
    levels: dict[tuple[int, int], int] | None = None,
    away: list[dt.time] | None = None,
    is_shared: bool | None = None,
) -> HttpResponse:
    page = evening_of(request.actor, meeting)
    asked = page.request
    is_open = meeting.state == Meeting.State.OPEN and clock.now() < meeting.closes_at
    is_published = meeting.state == Meeting.State.PUBLISHED
    known = {pair: wish.level for pair, wish in page.wishes.items()}
    context: dict[str, Any] = {
        "uai": uai,
        "meeting": meeting,
        "page": page,
        "colours": colours_of({each.person_id: each.born_on for each in page.children}),
        "hours": hours_of(meeting),
        "halves": half_hours_of(meeting),
        "levels": known if levels is None else levels,
        "away": away if away is not None else (asked.away_at if asked else []),
        "is_shared": is_shared if is_shared is not None else bool(asked and asked.is_shared),
        "is_own": asked is None or asked.guardian_id == request.actor.person_id,
        "is_open": is_open,
        "is_published": is_published,
        "is_to_come": meeting.held_on >= clock.today(),
        "free": _free(meeting, page) if is_published and meeting.held_on >= clock.today() else [],
        "refusal": refusal,
        "said": request.GET.get("dit", ""),
    }
    return render(request, "meetings/family.html", context, status=422 if refusal else 200)


def _free(meeting: Meeting, page: Any) -> list[tuple[Any, MeetingTeacher, list[int]]]:
    """For each child, the teachers not yet met and their free times, at the hours when the family has nothing."""
    teachers = {each.pk: each for child in page.children for each in child.teachers}
    busy = {each.slot for each in page.appointments}
    slots = free_slots(meeting, list(teachers.values()))
    return [
        (child, each, [slot for slot in slots[each.pk] if slot not in busy])
        for child in page.children
        for each in child.teachers
        if not ((wish := page.wishes.get((child.student_id, each.pk))) and wish.slot is not None)
    ]
