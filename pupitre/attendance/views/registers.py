"""The registers of a day, for the office; a teacher's own."""

import datetime as dt

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pupitre.attendance.half_days import Half
from pupitre.attendance.models import RollCall
from pupitre.attendance.policies import CALL, VIEW
from pupitre.attendance.queries.evacuation import zones_now
from pupitre.attendance.queries.registers import is_prepared, missing_registers, registers_of_day
from pupitre.attendance.queries.roll_call import local_now
from pupitre.attendance.services.preparing import prepare_registers
from pupitre.attendance.services.registers import BY_HAND, CancelReason, cancel_roll_call, remind, restore_roll_call
from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest

HALF_NAMES = {"matin": Half.MORNING, "apres-midi": Half.AFTERNOON}


@require_safe
def registers(request: ActorRequest, uai: str) -> HttpResponse:
    actor, today = request.actor, local_now().date()
    if not actor.has("timetable.view_any"):
        raise Http404
    on = _day(request.GET.get("jour", ""), today)
    if on == today and not is_prepared(on):
        prepare_registers(on)
    table = registers_of_day(actor, on, HALF_NAMES.get(request.GET.get("moment", "")))
    shown = table.lines if "tout" in request.GET or not actor.has(VIEW) else [
        line for line in table.lines if not line.is_complete
    ]  # fmt: skip
    context = {
        "uai": uai,
        "table": table,
        "shown": shown or table.lines,
        "is_today": on == today,
        "half": table.half,
        "previous": on - dt.timedelta(days=1),
        "next": on + dt.timedelta(days=1),
        "sees_all": actor.has(VIEW),
        "may_remind": actor.has(CALL),
        "notice": _notice(request.GET.get("dit", "")),
    }
    return render(request, "attendance/registers.html", context)


@require_POST
def remind_teachers(request: ActorRequest, uai: str) -> HttpResponse:
    """Remind the teacher of one register, or of all that are missing."""
    require(request.actor, CALL)
    missing = missing_registers(local_now().date())
    if asked := request.POST.get("appel"):
        missing = [each for each in missing if str(each.pk) == asked]
    remind(missing, actor=request.actor)
    if request.POST.get("retour") == "bureau":
        return redirect(f"{reverse('attendance:desk', args=[uai])}?dit=relance&n={len(missing)}")
    return redirect(f"{request.path.removesuffix('relance/')}?dit=relance")


@require_POST
def cancel(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """The lesson does not take place, or does after all."""
    require(request.actor, CALL)
    register = get_object_or_404(RollCall.objects.all(), pk=pk)
    if "retablir" in request.POST:
        restore_roll_call(register=register, actor=request.actor)
    else:
        asked = request.POST.get("raison", "")
        reason = CancelReason(asked) if asked in dict(BY_HAND) else CancelReason.OTHER
        cancel_roll_call(register=register, reason=reason, actor=request.actor)
    return redirect("attendance:roll_call", place=uai, pk=pk)


def _day(text: str, today: dt.date) -> dt.date:
    try:
        on = dt.date.fromisoformat(text)
    except ValueError:
        return today
    return on if abs((on - today).days) < 400 else today


def _notice(said: str) -> str:
    return _("Les professeurs sont relancés.") if said == "relance" else ""


@require_safe
def evacuation(request: ActorRequest, uai: str) -> HttpResponse:
    """Everybody by zone, to be printed."""
    require(request.actor, VIEW)
    if not is_prepared(local_now().date()):
        prepare_registers(local_now().date())
    zones = zones_now()
    context = {
        "uai": uai,
        "zones": zones,
        "now": local_now(),
        "total": sum(zone.expected for zone in zones),
        "out": sum(each.is_out for zone in zones for each in zone.people),
    }
    return render(request, "attendance/evacuation.html", context)
