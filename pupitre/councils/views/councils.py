"""The councils of a term: when they are held, what misses before them, and « Relancer »."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from pupitre.councils.policies import VIEW
from pupitre.councils.queries.classes import attended, classes_of, sittings_of, summaries_read
from pupitre.councils.refusals import Refusal
from pupitre.councils.services.reminding import remind
from pupitre.councils.views.asking import class_run
from pupitre.directory.profiles import Profile
from pupitre.foundation import clock
from pupitre.foundation.actor import ActorRequest
from pupitre.foundation.ui.french import plural
from pupitre.gradebook.queries.terms import term_asked, terms_of_year

_PLAN = "agenda.manage"


@require_safe
def councils(request: ActorRequest, uai: str) -> HttpResponse:
    """The classes that one prepares, and the councils that one attends now."""
    return page(request)


@require_POST
def remind_teachers(request: ActorRequest, uai: str, term: int, pk: int) -> HttpResponse:
    """One notice to each person who owes something to this class; back to the page it was asked from."""
    asked = class_run(request.actor, term, pk)
    try:
        count = remind(term=asked.term, division=asked.division, actor=request.actor)
    except Refusal as no:
        return page(request, refusal=str(no))
    told = f"?dit=relance&n={count}"
    if request.POST.get("retour") == "classe":
        response = redirect("councils:division", uai, term, pk)
        response["Location"] += told
        return response
    response = redirect("councils:councils", uai)
    response["Location"] += f"{told}&periode={term}"
    return response


def page(request: ActorRequest, refusal: str = "") -> HttpResponse:
    """The list, with why what was asked was not done."""
    actor = request.actor
    if not (actor.has(VIEW) or Profile.TEACHER in actor.profiles):
        raise Http404
    terms = terms_of_year()
    term = term_asked(terms, request.GET.get("periode", ""))
    sittings = sittings_of(actor, term) if term else []
    context = {
        "uai": actor.uai,
        "terms": terms,
        "term": term,
        "lines": classes_of(actor, term, sittings) if term else [],
        "sitting": attended(sittings) if not actor.has(VIEW) else [],
        "summaries": summaries_read(sittings, term) if term and not actor.has(VIEW) else [],
        "may_plan": actor.has(_PLAN),
        "today": clock.today(),
        "told": notice_of(request),
        "refusal": refusal,
    }
    return render(request, "councils/councils.html", context, status=422 if refusal else 200)


def notice_of(request: ActorRequest) -> str:
    """What the gesture before did, in a sentence; nothing for an address that was made up."""
    count = request.GET.get("n", "")
    if request.GET.get("dit") == "relance" and count.isdigit() and len(count) < 4:
        return plural(int(count), "personne relancée.", "personnes relancées.")
    return ""
