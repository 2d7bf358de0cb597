"""How a school stands with the GAR: enrolled or not, what is to be mended, what was sent, who assigns."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pupitre.foundation.access import get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.gar.checking import TITLES
from pupitre.integrations.gar.facts import standing_here
from pupitre.integrations.gar.models import Assigner, Report
from pupitre.integrations.gar.policies import ENROL, VIEW
from pupitre.integrations.gar.queries import groups_named, lines_of_report, look, sent_of_school
from pupitre.integrations.gar.reports.advice import advise
from pupitre.integrations.gar.services import enrolling
from pupitre.integrations.gar.services.reading_resources import connector_of_gar, read_resources
from pupitre.integrations.gar.words import ADVICE, LEFT_OUT, LEVELS, WHY
from pupitre.integrations.services.policies import MANAGE

_MOST_LINES = 300


@require_safe
def home(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, VIEW)
    return _page(request)


@require_safe
def report(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """What a report of the GAR says of the school."""
    require(request.actor, VIEW)
    found = next((each for each in standing_here().answers if each.report == pk), None)
    lines = lines_of_report(request.actor, pk)
    if found is None:
        raise Http404
    context = {
        "uai": uai,
        "answer": found,
        "lines": [(line, advise(line.kind, line.message, line.group_code)) for line in lines[:_MOST_LINES]],
        "more": max(0, len(lines) - _MOST_LINES),
        "groups": groups_named(request.actor, lines[:_MOST_LINES]),
        "advice": ADVICE,
        "levels": LEVELS,
        "verdicts": dict(Report.Verdict.choices),
        "may_import": request.actor.has("imports.view"),
    }
    return render(request, "gar/report.html", context)


@require_POST
def enrol(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, ENROL)
    enrolling.enrol(actor=request.actor)
    return _back(uai, "inscrit")


@require_POST
def withdraw(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, ENROL)
    enrolling.withdraw(actor=request.actor)
    return _back(uai, "retire")


@require_POST
def read(request: ActorRequest, uai: str) -> HttpResponse:
    """Show each person their resources in the page of resources, or not any more."""
    require(request.actor, MANAGE)
    connector = connector_of_gar()
    if connector is None:
        return _page(request, problem=_("Le GAR n’est pas encore ouvert parmi les services de l’établissement."))
    read_resources(connector, actor=request.actor, is_on=request.POST.get("lire") == "oui")
    return _back(uai, "lu")


@require_POST
def name_assigner(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, ENROL)
    asked = request.POST.get("personne", "")
    try:
        enrolling.name_assigner(int(asked) if asked.isdecimal() and len(asked) < 18 else 0, actor=request.actor)
    except enrolling.NotStaff:
        return _page(request, problem=_("Choisissez une personne parmi les personnels de l’établissement."))
    except enrolling.TooMany:
        most = enrolling.MOST_ASSIGNERS
        return _page(
            request, problem=_("Il y a déjà %(n)s responsables d’affectation : retirez-en un d’abord.") % {"n": most}
        )
    return _back(uai, "nomme")


@require_POST
def remove_assigner(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    found = get_allowed_or_404(request.actor, "gar.remove_assigner", Assigner.objects.all(), pk=pk)
    enrolling.remove_assigner(found, actor=request.actor)
    return _back(uai, "oubli")


def _page(request: ActorRequest, *, problem: str = "") -> HttpResponse:
    looked = look(request.actor)
    context = {
        "uai": request.actor.uai,
        "looked": looked,
        "standing": looked.standing,
        "sent": sent_of_school(request.actor),
        "verdicts": dict(Report.Verdict.choices),
        "levels": LEVELS,
        "may_read": request.actor.has(MANAGE),
        "titles": TITLES,
        "why": WHY,
        "left_out": LEFT_OUT,
        "may_enrol": request.actor.has(ENROL),
        "may_import": request.actor.has("imports.view"),
        "most": 12,
        "problem": problem,
        "said": request.GET.get("dit", ""),
    }
    return render(request, "gar/home.html", context, status=422 if problem else 200)


def _back(uai: str, said: str) -> HttpResponse:
    return redirect(f"{reverse('gar:home', args=[uai])}?dit={said}")
