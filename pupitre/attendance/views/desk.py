"""The desk of the school-life office: the half-day at a glance, what is to be done, where a student is."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pupitre.attendance.policies import CALL, INFIRMARY, MANAGE, VIEW
from pupitre.attendance.queries.desk import desk_of
from pupitre.attendance.queries.registers import is_prepared
from pupitre.attendance.queries.whereabouts import where_now
from pupitre.attendance.services.preparing import prepare_registers
from pupitre.attendance.services.reasons import reasons_of_school
from pupitre.attendance.views.treating import Treated, notice_of, treat_posted
from pupitre.foundation import clock
from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, VIEW)
    if request.method != "POST":
        return _page(request, Treated())
    require(request.actor, MANAGE)
    treated = treat_posted(request.POST, request.actor)
    if treated.problems:
        return _page(request, treated)
    return redirect(f"{request.path}?{urlencode({'dit': treated.action, 'n': treated.done})}")


def _page(request: ActorRequest, treated: Treated) -> HttpResponse:
    actor = request.actor
    found = desk_of(actor)
    if not found.registers.lines and not is_prepared(clock.today()):
        # The job that makes them may be late.
        prepare_registers(clock.today())
        found = desk_of(actor)
    text = request.GET.get("q", "").strip()[:80]
    context = {
        "uai": actor.uai,
        "desk": found,
        "reasons": reasons_of_school(),
        "manages": actor.has(MANAGE),
        "may_remind": actor.has(CALL),
        "may_decide": found.may_decide,
        "problems": treated.problems,
        "notice": notice_of(request.GET.get("dit", ""), request.GET.get("n", "")),
        "goes_in": actor.has(INFIRMARY),
        "text": text,
        "found": where_now(text, with_contacts=actor.has("directory.view_contacts")) if text else [],
    }
    return render(request, "attendance/desk.html", context, status=422 if treated.problems else 200)
