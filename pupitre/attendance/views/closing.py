"""Closing terms, class by class; for the head."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from pupitre.attendance.policies import DECIDE
from pupitre.attendance.queries.closing import classes_of_term, terms_of_year
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.closing import close_term, reopen_term
from pupitre.attendance.views.treating import numbers
from pupitre.directory.activation import divisions_of_today
from pupitre.establishments.models import Term
from pupitre.foundation import clock
from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest


@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, DECIDE)
    terms = terms_of_year()
    asked = (request.POST if request.method == "POST" else request.GET).get("periode", "")
    today = clock.today()
    # The one that ended last, else the first.
    usual = next((each for each in reversed(terms) if each.ends_on < today), terms[0] if terms else None)
    term = next((each for each in terms if str(each.pk) == asked), usual)
    if request.method != "POST" or term is None:
        return _page(request, terms, term)
    try:
        done = _act(request, term)
    except Refusal as no:
        return _page(request, terms, term, problem=str(no))
    return redirect(f"{request.path}?{urlencode({'periode': term.pk, 'n': done})}")


def _act(request: ActorRequest, term: Term) -> int:
    divisions = divisions_of_today()
    if "rouvrir" in request.POST:
        pk = next(iter(numbers([request.POST["rouvrir"]])), 0)
        division = get_object_or_404(divisions, pk=pk)
        return reopen_term(term=term, division=division, why=request.POST.get("pourquoi", ""), actor=request.actor)
    chosen = list(divisions.filter(pk__in=numbers(request.POST.getlist("classe"))))
    return close_term(term=term, divisions=chosen, actor=request.actor)


def _page(request: ActorRequest, terms: list[Term], term: Term | None, *, problem: str = "") -> HttpResponse:
    number = request.GET.get("n", "")
    context = {
        "uai": request.actor.uai,
        "terms": terms,
        "term": term,
        "rows": classes_of_term(term) if term else [],
        "is_over": term is not None and term.ends_on < clock.today(),
        "done": int(number) if number.isdecimal() and len(number) < 9 else None,
        "why": request.POST.get("pourquoi", ""),
        "problem": problem,
    }
    return render(request, "attendance/closing.html", context, status=422 if problem else 200)
