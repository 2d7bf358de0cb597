"""Rights of the school: per right, per profile, per person; giving one for a time, taking one back."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pupitre.directory.forms_rights import GiveForm
from pupitre.directory.models import Person
from pupitre.directory.rights import (
    FOUND,
    RightsOfPerson,
    given_in_school,
    people_who_work,
    rights,
    rights_of,
    rights_of_profiles,
    rights_of_school,
)
from pupitre.directory.services.granting import NotGivable, TooLong, end_right, givable, give_right
from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest
from pupitre.foundation.ui.french import day_year

GRANT = "directory.grant"


@require_safe
def overview(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, GRANT)
    text = request.GET.get("q", "").strip()[:80]
    context = {
        "uai": uai,
        "groups": rights_of_school(),
        "profiles": rights_of_profiles(),
        "given": given_in_school(),
        "text": text,
        "found": list(people_who_work(text)[:FOUND]) if text else [],
    }
    return render(request, "directory/rights.html", context)


@require_safe
def right(request: ActorRequest, uai: str, key: str) -> HttpResponse:
    require(request.actor, GRANT)
    shown = rights().get(key)
    if shown is None:
        raise Http404
    return render(request, "directory/right.html", {"uai": uai, "right": shown, "given": given_in_school(key)})


@require_safe
def person(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    require(request.actor, GRANT)
    shown = _worker_or_404(pk)
    return _person_page(request, shown, rights_of(shown))


@require_POST
def give(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    require(request.actor, GRANT)
    shown = _worker_or_404(pk)
    if shown.pk == request.actor.person_id:
        raise Http404
    known = rights_of(shown)
    form = _form(request, known)
    if not form.is_valid():
        return _person_page(request, shown, known, form)
    data = form.cleaned_data
    try:
        give_right(
            person=shown, capability=data["droit"], starts_on=data["debut"], ends_on=data["fin"], actor=request.actor
        )
    except NotGivable:
        raise Http404 from None
    except TooLong as limit:
        told = _("Vous n’avez vous-même ce droit que jusqu’au %(day)s. Choisissez un jour qui ne le dépasse pas.")
        form.add_error("fin", told % {"day": day_year(limit.until)})
        return _person_page(request, shown, known, form)
    return redirect("directory:person_rights", uai=uai, pk=pk)


@require_POST
def end(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    require(request.actor, GRANT)
    end_right(person=_worker_or_404(pk), capability=request.POST.get("droit", ""), actor=request.actor)
    return redirect("directory:person_rights", uai=uai, pk=pk)


def _worker_or_404(pk: int) -> Person:
    return get_object_or_404(people_who_work(), pk=pk)


def _form(request: ActorRequest, known: RightsOfPerson) -> GiveForm:
    held = {each.key for each in known.held}
    data = request.POST if request.method == "POST" else None
    return GiveForm(data, rights=rights(), givable=set(givable(request.actor)), held=held)


def _person_page(
    request: ActorRequest, shown: Person, known: RightsOfPerson, form: GiveForm | None = None
) -> HttpResponse:
    actor = request.actor
    context = {
        "uai": actor.uai,
        "person": shown,
        "known": known,
        "is_self": shown.pk == actor.person_id,
        "form": form or _form(request, known),
        "may_see_account": actor.has("accounts.view_activation"),
    }
    return render(request, "directory/person_rights.html", context, status=422 if form else 200)
