"""The office's list of dossiers, what it makes of several at once, and one dossier whole."""

import datetime as dt
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.attendance.forms_office import ContactForm
from pupitre.attendance.models import AbsenceCase
from pupitre.attendance.policies import MANAGE, VIEW
from pupitre.attendance.queries.cases import (
    FILTERS,
    case_rows,
    case_whole,
    cases_beside_case,
    cases_seen,
    file_of_case,
    list_cases,
)
from pupitre.attendance.queries.waiting import cases_to_tell
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.deciding import DECISIONS, decide
from pupitre.attendance.services.entering import cancel_case, note_contact
from pupitre.attendance.services.reasons import reasons_of_school
from pupitre.attendance.services.reshaping import merge_cases, split_case
from pupitre.attendance.services.telling import tell_families
from pupitre.attendance.transitions import RESHAPED, TRANSITIONS, State
from pupitre.attendance.views.treating import ACTIONS, notice_of, numbers, treat_posted
from pupitre.attendance.words import ACT_LABELS, reason_of
from pupitre.directory.activation import divisions_of_today
from pupitre.foundation import clock
from pupitre.foundation.access import get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest
from pupitre.foundation.commitments import commitments_of


@require_safe
def cases(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, VIEW)
    return _list(request)


@require_POST
def treat(request: ActorRequest, uai: str) -> HttpResponse:
    """What the office makes of the dossiers that are ticked."""
    require(request.actor, MANAGE)
    treated = treat_posted(request.POST, request.actor)
    if treated.problems:
        return _list(request, problems=treated.problems, done=treated.done)
    query = _query(request, dit=treated.action, n=str(treated.done))
    return redirect(f"{request.path.removesuffix('traiter/')}?{query}")


@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: ActorRequest, uai: str) -> HttpResponse:
    """Tell all the families that do not know yet: the list first, then one touch."""
    require(request.actor, MANAGE)
    waiting = list(cases_to_tell(request.actor))
    if request.method == "POST":
        told = tell_families(waiting, actor=request.actor)
        return redirect(f"{request.path.removesuffix('prevenir/')}?{urlencode({'dit': 'prevenir', 'n': len(told)})}")
    return render(request, "attendance/tell.html", {"uai": uai, "rows": case_rows(waiting)})


@require_safe
def case(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    return _case_page(request, pk)


@require_POST
def act(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """One act on one dossier."""
    actor = request.actor
    require(actor, MANAGE)
    found = get_allowed_or_404(actor, "attendance.view_case", cases_seen(actor), pk=pk)
    action, why = request.POST.get("action", ""), request.POST.get("pourquoi", "")
    try:
        if action == "annuler":
            cancel_case(case=found, why=why, actor=actor)
        elif action == "reunir":
            merge_cases(kept=pk, other=next(iter(numbers([request.POST.get("autre", "")])), 0), actor=actor)
        elif action == "separer":
            split_case(case=pk, entries=numbers(request.POST.getlist("saisie")), actor=actor)
        elif action in ACTIONS:
            reasons = {str(each.pk): each for each in reasons_of_school()}
            chosen = reasons.get(request.POST.get("motif", ""))
            decided = decide([pk], ACTIONS[action], actor=actor, reasons={pk: chosen} if chosen else {}, why=why)
            if not decided.done:
                raise Refusal(decided.refused[0][1] if decided.refused else _("Cette décision n’est pas la vôtre."))
    except Refusal as no:
        return _case_page(request, pk, refusal=str(no))
    return redirect("attendance:case", uai=uai, pk=pk)


@require_POST
def contact(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    require(request.actor, MANAGE)
    found = get_allowed_or_404(request.actor, "attendance.manage_case", AbsenceCase.objects.all(), pk=pk)
    form = ContactForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        note_contact(case=found, kind=data["moyen"], reached=data["jointe"], note=data["note"], actor=request.actor)
    return redirect("attendance:case", uai=uai, pk=pk)


def _list(request: ActorRequest, *, problems: list[str] | None = None, done: int = 0) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    filtered = asked.get("filtre", "") if asked.get("filtre", "") in FILTERS else "a-regulariser"
    division, since = asked.get("classe", ""), _day(asked.get("depuis", ""))
    number = int(asked["page"]) if asked.get("page", "").isdecimal() else 1
    found = list_cases(
        request.actor,
        filtered=filtered,
        division=int(division) if division.isdecimal() else None,
        since=since,
        number=number,
    )
    context = {
        "uai": request.actor.uai,
        "list": found,
        "filtered": filtered,
        "division": division,
        "since": since,
        "divisions": divisions_of_today(),
        "reasons": reasons_of_school(),
        "may_decide": found.may_decide,
        "problems": problems or [],
        "notice": notice_of(request.GET.get("dit", ""), request.GET.get("n", "")),
        "done": done,
        "query": _query(request),
    }
    return render(request, "attendance/cases.html", context, status=422 if problems else 200)


def _query(request: ActorRequest, **more: str) -> str:
    asked = request.POST if request.method == "POST" else request.GET
    kept = {name: asked[name] for name in ("filtre", "classe", "depuis") if asked.get(name)}
    return urlencode({**kept, **more})


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _case_page(request: ActorRequest, pk: int, *, refusal: str = "") -> HttpResponse:
    actor = request.actor
    sees_all = actor.has(VIEW)
    found = case_whole(actor, pk)
    file = file_of_case(found, actor)
    manages = file.manages
    reads_health = sees_all or actor.person_id == found.student.person_id
    context = {
        "uai": actor.uai,
        "file": file,
        "reason": reason_of(found, reads_health=reads_health),
        "held": commitments_of([found.student_id], found.starts_on, found.ends_on) if _is_to_come(found) else [],
        "acts": _acts(found, decides=file.decides, manages=manages),
        "reasons": reasons_of_school() if manages else [],
        "manages": manages,
        "beside": cases_beside_case(found) if manages and found.state in RESHAPED else [],
        "may_reshape": manages and found.state in RESHAPED,
        "sees_all": sees_all,
        "contact_form": ContactForm(),
        "refusal": refusal,
        "act_labels": ACT_LABELS,
    }
    return render(request, "attendance/case.html", context, status=422 if refusal else 200)


def _is_to_come(found: AbsenceCase) -> bool:
    return found.ends_on >= clock.today() and found.state in (State.PLANNED, State.CONFIRMED)


def _acts(found: AbsenceCase, *, decides: bool, manages: bool) -> list[str]:
    """The acts that this person may do on a dossier where it stands, in the order of the page."""
    possible = [name for name, each in ACTIONS.items() if found.state in TRANSITIONS[each].sources]
    return [name for name in possible if decides or (manages and ACTIONS[name] not in DECISIONS and name != "rouvrir")]
