"""What differs between the sources and the school, and what is no longer asked."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.imports.forms import AskAgainForm
from pupitre.integrations.imports.health import health_of_school
from pupitre.integrations.imports.services.remembering import forget_choice
from pupitre.integrations.imports.views.notices import back_to, notice_of
from pupitre.integrations.imports.words import origin

SHOWN = 25
"""Examples of a same difference; the report of the import has them all."""


@require_safe
def health(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, "imports.view")
    context = {
        "uai": uai,
        "health": health_of_school(),
        "shown": SHOWN,
        "origin": origin,
        "notice": notice_of(request),
        "may_manage": request.actor.has("imports.manage"),
    }
    return render(request, "imports/health.html", context)


@require_POST
def ask_again(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, "imports.manage")
    form = AskAgainForm(request.POST)
    done = form.is_valid() and forget_choice(form.cleaned_data["remembered"], request.actor)
    return back_to("health", uai, "redemande" if done else "deja")
