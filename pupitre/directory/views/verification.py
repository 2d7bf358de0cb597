"""« Double vérification »: of whom the school asks it, and a second factor taken away from somebody who lost theirs."""

import datetime as dt

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pupitre.directory.forms_accounts import ResetForm, SecondFactorForm
from pupitre.directory.models import SecondFactorRule
from pupitre.directory.profiles import Profile
from pupitre.directory.second_factor import progress_of, rules_of
from pupitre.directory.services.suspension import NotYourAccount
from pupitre.directory.services.verification import ResetReason, require_second_factor, reset_second_factor
from pupitre.directory.views.accounts import person_or_404, person_page
from pupitre.establishments.models import Establishment
from pupitre.foundation import clock
from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest

REQUIRE, RESET = "accounts.require_second_factor", "accounts.reset_second_factor"
_GRACE = dt.timedelta(days=30)


@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, REQUIRE)
    school = Establishment.objects.get(pk=request.actor.establishment_id)
    for_academy = Profile.ACADEMY_ADMIN in request.actor.profiles and bool(school.academy)
    own, of_academy = rules_of(school)
    kept = of_academy if for_academy else own
    initial = {
        "qui": kept.who if kept else "nobody",
        "debut": kept.starts_on if kept else clock.today() + _GRACE,
    }
    form = SecondFactorForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        who = None if facts["qui"] == "nobody" else SecondFactorRule.Who(facts["qui"])
        starts_on = facts["debut"] if who else None
        require_second_factor(school, who=who, starts_on=starts_on, for_academy=for_academy, actor=request.actor)
        response = redirect("accounts_of_school:second_factor", uai=uai)
        response["Location"] += "?dit=enregistre"
        return response
    context = {
        "uai": uai,
        "form": form,
        "for_academy": for_academy,
        "above": None if for_academy else of_academy,
        "progress": progress_of(kept) if kept else None,
        "said": request.GET.get("dit", ""),
    }
    return render(request, "directory/second_factor.html", context, status=422 if form.errors else 200)


@require_POST
def reset(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    require(request.actor, RESET)
    person = person_or_404(pk)
    form = ResetForm(request.POST)
    if not form.is_valid():
        return person_page(request, person, reset_form=form, status=422)
    try:
        reset_second_factor(person=person, reason=ResetReason(form.cleaned_data["motif"]), actor=request.actor)
    except NotYourAccount:
        raise Http404 from None
    return redirect("accounts_of_school:person", uai=uai, pk=pk)
