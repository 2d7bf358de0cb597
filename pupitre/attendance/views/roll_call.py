"""The roll call. Its page is one read and its marks three statements, outside the scope that other pages open."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.attendance import refusals
from pupitre.attendance.forms import clock_difference, told_of_device, told_of_form
from pupitre.attendance.models import RollCall, RollMark
from pupitre.attendance.policies import CALL, VIEW
from pupitre.attendance.queries.registers import is_prepared
from pupitre.attendance.queries.roll_call import OPENS_BEFORE, local_now, roll_of, roll_of_now
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.rolls import Roll
from pupitre.attendance.rows import OTHERS, rows_of
from pupitre.attendance.services.finishing import finish_roll_call, note_marks
from pupitre.attendance.services.marking import NoSuchRegister, Outcome
from pupitre.attendance.services.preparing import prepare_registers
from pupitre.attendance.services.registers import BY_HAND, CancelReason
from pupitre.attendance.views.place import actor_at, signed_out
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.links import Button, buttons_at
from pupitre.timetable.display import subject_colour

STATES = RollMark.State
LIST, PHOTOS = "liste", "photos"
FACES_COOKIE, _A_YEAR = "appel", 365 * 24 * 3600


@require_safe
def now(request: HttpRequest, place: str) -> HttpResponse:
    """The register of the lesson going on, or about to begin: one touch from home."""
    actor = actor_at(request, place)
    if actor is None:
        return signed_out(request)
    roll = roll_of_now(actor) or _prepared(actor)
    if roll is not None:
        return _page(request, actor, roll)
    if actor.has(VIEW):
        return HttpResponseRedirect(reverse("attendance:registers", args=[actor.uai]))
    if not actor.has("timetable.view_any"):
        raise Http404
    return render(request, "attendance/no_roll.html", {"uai": actor.uai})


@require_http_methods(["GET", "HEAD", "POST"])
def roll_call(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    actor = actor_at(request, place)
    if actor is None:
        return signed_out(request)
    roll = roll_of(actor, pk)
    if roll is None:
        raise Http404
    if request.method != "POST":
        return _page(request, actor, roll)
    try:
        outcomes = finish_roll_call(
            pk, told_of_form(request.POST, roll.students), actor=actor, why=request.POST.get("pourquoi", "")
        )
    except NoSuchRegister:
        raise Http404 from None
    except Refusal as no:
        return _page(request, actor, roll, refusal=str(no))
    unsaid = [each for each in outcomes if each.sentence]
    if unsaid:
        return _page(request, actor, roll_of(actor, pk) or roll, outcomes=unsaid)
    return HttpResponseRedirect(reverse("attendance:roll_call", args=[actor.uai, pk]) + "?dit=fait")


@require_POST
def marks(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    """What a device tells, student by student; answered student by student."""
    actor = actor_at(request, place)
    if actor is None:
        return signed_out(request)
    try:
        sent, told = told_of_device(request.body)
        tell = finish_roll_call if sent.finish else note_marks
        outcomes = tell(pk, told, actor=actor, why=sent.why)
    except NoSuchRegister:
        raise Http404 from None
    except Refusal as no:
        # Read before anything was looked up: what they may not see does not exist, whatever they send.
        if roll_of(actor, pk) is None:
            raise Http404 from None
        return JsonResponse({"sentence": str(no)}, status=422)
    difference = clock_difference(sent, clock.now())
    return JsonResponse(
        {
            "results": [_told(each) for each in outcomes],
            "clock": refusals.clock_is_off(difference) if difference else "",
            "done": reverse("attendance:roll_call", args=[actor.uai, pk]) + "?dit=fait" if sent.finish else "",
        }
    )


def _told(outcome: Outcome) -> dict[str, Any]:
    return {
        "student": outcome.student,
        "fate": outcome.fate,
        "state": outcome.state,
        "label": str(STATES(outcome.state).label),
        "version": outcome.version,
        "sentence": outcome.sentence,
    }


def _prepared(actor: Actor) -> Roll | None:
    """The same, once the registers of the day are made: the job that makes them may be late."""
    with scope(actor.establishment_id):
        if is_prepared(clock.today()):
            return None
        prepare_registers(clock.today())
    return roll_of_now(actor)


def _page(
    request: HttpRequest,
    actor: Actor,
    roll: Roll,
    *,
    refusal: str = "",
    outcomes: list[Outcome] | None = None,
) -> HttpResponse:
    is_mine = roll.is_mine or actor.has(CALL)
    is_done = roll.state == RollCall.State.DONE
    is_dated = roll.cancel_reason.startswith(CancelReason.DATED)
    context = {
        "uai": actor.uai,
        "roll": roll,
        "rows": rows_of(roll, outcomes),
        "others": OTHERS,
        "colour": subject_colour(roll.subject_code, roll.subject),
        "is_done": is_done,
        "offers": _offers(actor, roll) if is_done and is_mine else [],
        "is_cancelled": roll.state == RollCall.State.CANCELLED,
        "is_past": roll.held_on < local_now().date(),
        "is_open": is_mine and _is_open(roll),
        "opens_at": _opens_at(roll).time(),
        "may_call": is_mine,
        "refusal": refusal,
        "unsaid": outcomes or [],
        "cancel_reasons": BY_HAND if actor.has(CALL) and not is_dated else (),
        "is_dated": is_dated,
        "is_just_done": request.GET.get("dit") == "fait" and roll.state == RollCall.State.DONE,
        "face_to_face": _chosen(request) == PHOTOS,
    }
    response = render(request, "attendance/roll_call.html", context, status=422 if refusal or outcomes else 200)
    if "vue" in request.GET:
        # Of the device, not of the person: a telephone and a desk are not looked at alike. The script writes it too.
        response.set_cookie(FACES_COOKIE, _chosen(request), max_age=_A_YEAR, samesite="Lax", path="/")
    return response


def _chosen(request: HttpRequest) -> str:
    """List or photographs: as just asked, else as last time on this device."""
    asked = request.GET.get("vue") or request.COOKIES.get(FACES_COOKIE, "")
    return PHOTOS if asked == PHOTOS else LIST


def _offers(actor: Actor, roll: Roll) -> list[tuple[str, list[Button]]]:
    """What rooms above offer about students as this register marked them: the report of an exclusion.

    What the office noted before the lesson is the office's own.
    """
    found = []
    for student in roll.students:
        if student.mark and not student.office:
            query = f"?appel={roll.id}"
            buttons = buttons_at(actor, "mark", student.id, state=student.mark.state, query=query)
            found += [(f"{student.given} {student.family}", buttons)] if buttons else []
    return found


def _opens_at(roll: Roll) -> dt.datetime:
    return dt.datetime.combine(roll.held_on, roll.starts_at) - OPENS_BEFORE


def _is_open(roll: Roll) -> bool:
    return roll.state != RollCall.State.CANCELLED and local_now() >= _opens_at(roll)
