"""How the files of a school are made: version, signature, disciplines."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.lsu.forms import SettingsForm
from pupitre.integrations.lsu.models import LsuSettings, Mode
from pupitre.integrations.lsu.policies import MANAGE
from pupitre.integrations.lsu.queries.disciplines import disciplines_of_school
from pupitre.integrations.lsu.refusals import Refusal
from pupitre.integrations.lsu.services.choosing import choose_disciplines, choose_settings


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, MANAGE)
    held = LsuSettings.objects.first() or LsuSettings()
    initial = {"schema_version": held.schema_version, "signatory": held.signatory}
    form = SettingsForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        choose_settings(version=told["schema_version"], signatory=told["signatory"], actor=request.actor)
        return redirect(f"{request.path}?dit=fait")
    context = {"uai": uai, "form": form, "is_done": request.GET.get("dit") == "fait"}
    return render(request, "lsu/settings.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def disciplines(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, MANAGE)
    rows, problem = disciplines_of_school(), ""
    told = {
        each.subject.pk: (request.POST.get(f"m{each.subject.pk}", each.mode), request.POST.get(f"c{each.subject.pk}", each.code))
        for each in rows
    }  # fmt: skip
    if request.method == "POST":
        try:
            choose_disciplines(told=told, actor=request.actor)
            return redirect(f"{request.path}?dit=fait")
        except Refusal as no:
            problem = str(no)
    context = {
        "uai": uai, "rows": rows, "told": told, "modes": Mode.choices, "problem": problem,
        "is_done": request.GET.get("dit") == "fait",
    }  # fmt: skip
    return render(request, "lsu/disciplines.html", context, status=422 if problem else 200)
