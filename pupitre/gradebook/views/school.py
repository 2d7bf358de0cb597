"""What the head decides: the terms of the year, their dates class by class, and the rules of averages."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pupitre.directory.activation import divisions_of_today
from pupitre.establishments.models import Establishment, Term
from pupitre.foundation import clock
from pupitre.foundation.access import allowed, get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest
from pupitre.gradebook.forms import ClassDatesForm, RulesForm, TermDatesForm
from pupitre.gradebook.models import GradingRules
from pupitre.gradebook.policies import MANAGE
from pupitre.gradebook.queries.periods import class_term_of, classes_of_term
from pupitre.gradebook.queries.terms import term_asked, terms_of_year
from pupitre.gradebook.refusals import Refusal
from pupitre.gradebook.services.periods import move_terms, open_terms, reopen, school_year_now, set_dates
from pupitre.gradebook.services.ruling import set_rules

_SEMESTERS = frozenset({"lycee_pro"})


@require_http_methods(["GET", "HEAD", "POST"])
def periods(request: ActorRequest, uai: str) -> HttpResponse:
    """The terms of the year, and the dates of one of them for each class."""
    require(request.actor, MANAGE)
    terms = terms_of_year()
    term = term_asked(terms, (request.POST or request.GET).get("periode", ""))
    forms = [(each, _term_form(request, each)) for each in terms]
    dates = ClassDatesForm(request.POST if "fixer" in request.POST else None)
    problem = ""
    if request.method == "POST":
        try:
            if _done(request, term, forms, dates):
                return redirect(f"{request.path}?periode={term.pk}" if term else request.path)
        except Refusal as no:
            problem = str(no)
    kind = Establishment.objects.values_list("kind", flat=True).get(pk=request.actor.establishment_id)
    context = {
        "uai": uai, "terms": terms, "term": term, "forms": forms, "dates": dates, "problem": problem,
        "rows": classes_of_term(term) if term else [], "semesters_first": kind in _SEMESTERS,
        "ticked": request.POST.getlist("classe"),
    }  # fmt: skip
    bad = problem or dates.errors or any(form.is_bound and form.errors for _each, form in forms)
    return render(request, "gradebook/periods.html", context, status=422 if bad else 200)


def _term_form(request: ActorRequest, term: Term) -> TermDatesForm:
    facts = {"starts_on": term.starts_on, "ends_on": term.ends_on}
    bound = request.POST if "dates" in request.POST else None
    return TermDatesForm(bound, prefix=f"t{term.pk}", initial=facts)


def _done(
    request: ActorRequest, term: Term | None, forms: list[tuple[Term, TermDatesForm]], dates: ClassDatesForm
) -> bool:
    """Do what the form asks; whether it could be read. Raises Refusal."""
    actor = request.actor
    year = school_year_now()
    if "couper" in request.POST and year is not None:
        open_terms(year=year, semesters=request.POST["couper"] == "deux", actor=actor)
        return True
    if "dates" in request.POST and year is not None and all(form.is_valid() for _term, form in forms):
        asked = {each.pk: (form.cleaned_data["starts_on"], form.cleaned_data["ends_on"]) for each, form in forms}
        move_terms(dates=asked, year=year, actor=actor)
        return True
    if "fixer" in request.POST and term is not None and dates.is_valid():
        ticked = [int(each) for each in request.POST.getlist("classe") if each.isdecimal() and len(each) < 19]
        chosen = list(allowed(actor, "gradebook.reopen_class", divisions_of_today()).filter(pk__in=ticked))
        set_dates(term=term, divisions=chosen, dates=dates.cleaned_data, actor=actor)
        return True
    return False


@require_http_methods(["GET", "HEAD", "POST"])
def reopen_class(request: ActorRequest, uai: str, term: int, pk: int) -> HttpResponse:
    """Open a closed term again for one class, saying why; the journal of what was reopened."""
    division = get_allowed_or_404(request.actor, "gradebook.reopen_class", divisions_of_today(), pk=pk)
    row = class_term_of(term, division)
    problem, until, why = "", request.POST.get("jusqu", ""), request.POST.get("pourquoi", "")
    if request.method == "POST":
        try:
            reopen(class_term=row, until_on=_day(until), why=why, actor=request.actor)
            return redirect("gradebook:reopen_class", uai=uai, term=term, pk=pk)
        except Refusal as no:
            problem = str(no)
    context = {
        "uai": uai, "row": row, "division": division, "problem": problem, "until": until, "why": why,
        "reopenings": row.reopenings.order_by("-reopened_at"),
    }  # fmt: skip
    return render(request, "gradebook/reopen.html", context, status=422 if problem else 200)


def _day(text: str) -> dt.date:
    """The day typed; without one, a week from now."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return clock.today() + dt.timedelta(days=7)


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, MANAGE)
    form = RulesForm(request.POST if request.method == "POST" else None, initial=_known())
    if request.method == "POST" and form.is_valid():
        set_rules(facts=form.cleaned_data, actor=request.actor)
        return redirect(f"{request.path}?dit=fait")
    context = {"uai": uai, "form": form, "is_done": request.GET.get("dit") == "fait"}
    return render(request, "gradebook/rules.html", context, status=422 if form.errors else 200)


def _known() -> dict[str, Any]:
    held = GradingRules.objects.first() or GradingRules()
    return {name: getattr(held, name) for name in RulesForm.base_fields}
