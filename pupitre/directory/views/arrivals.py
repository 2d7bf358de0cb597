"""People whom no national file tells: adding them, the last day of their roles, renewing them for a year."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.directory.duplicates import Candidate, look_alikes
from pupitre.directory.forms_people import SOMEBODY_NEW, PersonForm, RoleEndForm, WhoForm
from pupitre.directory.models import Affiliation, Person
from pupitre.directory.profiles import Profile
from pupitre.directory.roles import HeldRole, typed_roles
from pupitre.directory.services.arrivals import AlreadyHeld, add_person, end_role, join_person, renew_roles
from pupitre.directory.years import last_day_to_give
from pupitre.foundation import clock
from pupitre.foundation.access import get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest

MANAGE = "directory.manage_people"


@require_safe
def typed(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, MANAGE)
    roles, until = typed_roles(request.actor), last_day_to_give(clock.today())
    renewable = {role.affiliation.pk for role in roles if _is_renewable(role)}
    context = {"uai": uai, "roles": roles, "until": until, "renewable": renewable}
    return render(request, "directory/typed.html", context)


@require_POST
def renew(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, MANAGE)
    asked = set(request.POST.getlist("role"))
    roles = [role for role in typed_roles(request.actor) if str(role.affiliation.pk) in asked and _is_renewable(role)]
    renew_roles([role.affiliation for role in roles], actor=request.actor)
    return redirect("accounts_of_school:typed", uai=uai)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, MANAGE)
    form = PersonForm(request.POST if request.method == "POST" else None, actor=request.actor)
    if request.method != "POST" or not form.is_valid():
        context = {"uai": uai, "form": form}
        return render(request, "directory/add.html", context, status=422 if form.errors else 200)
    candidates = look_alikes(form.typed)
    if not candidates:
        return _added(request, add_person(form.typed, form.role, actor=request.actor))
    return _choose(request, form, candidates)


@require_http_methods(["GET", "HEAD", "POST"])
def role(request: ActorRequest, uai: str, pk: int, profile: str) -> HttpResponse:
    roles = Affiliation.objects.select_related("person__user")
    held = get_allowed_or_404(request.actor, "directory.manage_role", roles, person_id=pk, profile=profile)
    form = RoleEndForm(request.POST if request.method == "POST" else None, initial={"fin": held.ends_on})
    if form.is_valid():
        end_role(held, last_day=form.cleaned_data["fin"], actor=request.actor)
        return redirect("accounts_of_school:person", uai=uai, pk=pk)
    context = {"uai": uai, "role": HeldRole(held, may_manage=True), "form": form}
    return render(request, "directory/role.html", context, status=422 if form.errors else 200)


def _is_renewable(role: HeldRole) -> bool:
    ends_on = role.affiliation.ends_on
    return ends_on is not None and ends_on < last_day_to_give(clock.today())


def _choose(request: ActorRequest, form: PersonForm, candidates: Sequence[Candidate]) -> HttpResponse:
    """Ask who it is, then do it. The first time, nothing was asked yet: the page comes without a reproach."""
    asked = "qui" in request.POST
    who = WhoForm(request.POST if asked else None, known=[each.person.pk for each in candidates])
    if who.is_valid():
        try:
            return _added(request, _decided(request, form, candidates, who.cleaned_data["qui"]))
        except AlreadyHeld:
            label = Profile(form.role.profile).label
            who.add_error("qui", _("Cette personne est déjà « %(role)s » ici.") % {"role": label})
    kept = [(name, value) for name in form.fields if (value := request.POST.get(name))]
    context = {"uai": request.actor.uai, "form": form, "who": who, "candidates": candidates, "kept": kept}
    return render(request, "directory/choose.html", context | {"new": SOMEBODY_NEW}, status=422 if who.errors else 200)


def _decided(request: ActorRequest, form: PersonForm, candidates: Sequence[Candidate], who: str) -> Person:
    if who == SOMEBODY_NEW:
        return add_person(form.typed, form.role, actor=request.actor)
    chosen = next((each.person for each in candidates if str(each.person.pk) == who), None)
    if chosen is None:
        raise Http404
    return join_person(chosen, form.role, actor=request.actor)


def _added(request: ActorRequest, person: Person) -> HttpResponse:
    return redirect("accounts_of_school:person", uai=request.actor.uai, pk=person.pk)
