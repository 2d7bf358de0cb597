"""The thresholds of the law: students to follow, steps dated and printable, several at once."""

import datetime as dt
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pupitre.attendance.forms_office import StepForm
from pupitre.attendance.models import AbsenteeismAlert
from pupitre.attendance.policies import MANAGE, VIEW
from pupitre.attendance.queries.alerts import alerts_of_month, share_of_month
from pupitre.attendance.queries.cases import names_of
from pupitre.attendance.queries.letters import letters_for
from pupitre.attendance.queries.rules import rules_of_school
from pupitre.attendance.services.following import close_alerts, take_step, watch
from pupitre.establishments.models import Establishment
from pupitre.foundation import clock
from pupitre.foundation.access import allowed, require
from pupitre.foundation.actor import ActorRequest
from pupitre.foundation.ui.french import MONTHS

WATCH = dt.timedelta(days=14)
MOST_LETTERS = 100
LETTERS = frozenset({"letter", "team", "report"})
"""Steps for which a letter is printed; the others use that to the guardians."""


@require_http_methods(["GET", "HEAD", "POST"])
def alerts(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, VIEW)
    if request.method != "POST":
        return _page(request, StepForm(initial={"le": clock.today()}))
    require(request.actor, MANAGE)
    ids = [pk for pk in request.POST.getlist("alerte") if pk.isdecimal() and len(pk) < 19]
    rows = allowed(request.actor, "attendance.follow_alert", AbsenteeismAlert.objects.filter(pk__in=ids))
    chosen = list(rows)
    form = StepForm(request.POST)
    if not chosen:
        return _page(request, form, problem=_("Cochez au moins un élève."))
    if "courriers" in request.POST:
        return redirect(f"{reverse('attendance:letters', args=[uai])}?{_to_print(request, chosen)}")
    if "suivre" in request.POST:
        form.full_clean()
        if "jusqu" in form.errors:
            return _page(request, form)
        watch(alerts=chosen, until=form.cleaned_data.get("jusqu") or clock.today() + WATCH, actor=request.actor)
    elif "clore" in request.POST:
        close_alerts(alerts=chosen, actor=request.actor)
    elif form.is_valid():
        data = form.cleaned_data
        take_step(alerts=chosen, kind=data["demarche"], done_on=data["le"], text=data["texte"], actor=request.actor)
    else:
        return _page(request, form)
    return redirect(f"{request.path}?mois={request.POST.get('mois', '')}")


@require_safe
def letters(request: ActorRequest, uai: str) -> HttpResponse:
    """The letters of some alerts of a month, to print."""
    require(request.actor, MANAGE)
    month = _month(request.GET.get("mois", "")) or clock.today().replace(day=1)
    ids = [int(pk) for pk in request.GET.getlist("alerte") if pk.isdecimal() and len(pk) < 19][:MOST_LETTERS]
    model = request.GET.get("modele", "")
    rules = rules_of_school()
    context = {
        "uai": uai,
        "letters": letters_for(request.actor, month, ids) if ids else [],
        "model": model if model in LETTERS else "letter",
        "school": Establishment.objects.get(pk=request.actor.establishment_id),
        "month": month,
        "month_name": f"{MONTHS[month.month - 1]} {month.year}",
        "today": clock.today(),
        "author": names_of([request.actor.person_id]).get(request.actor.person_id, ""),
        "first": rules.first_threshold,
        "second": rules.second_threshold,
    }
    return render(request, "attendance/letters.html", context)


def _to_print(request: ActorRequest, chosen: list[AbsenteeismAlert]) -> str:
    kind = request.POST.get("demarche", "")
    query = {"mois": request.POST.get("mois", ""), "modele": kind, "alerte": [each.pk for each in chosen]}
    return urlencode(query, doseq=True)


def _page(request: ActorRequest, form: StepForm, *, problem: str = "") -> HttpResponse:
    today = clock.today()
    month = _month((request.POST if request.method == "POST" else request.GET).get("mois", "")) or today.replace(day=1)
    rows = alerts_of_month(request.actor, month)
    reached, students = share_of_month(month)
    context = {
        "uai": request.actor.uai,
        "rows": rows,
        "month": month,
        "previous": (month - dt.timedelta(days=1)).replace(day=1),
        "next": (month + dt.timedelta(days=31)).replace(day=1),
        "form": form,
        "problem": problem,
        "share": round(100 * reached / students, 1) if students else 0,
        "may_act": request.actor.has(MANAGE),
    }
    return render(request, "attendance/alerts.html", context, status=422 if problem or form.errors else 200)


def _month(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
