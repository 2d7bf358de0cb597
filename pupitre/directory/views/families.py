"""Shutting a guardian out of one child, from the page of either of them."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from pupitre.directory.families import works_here
from pupitre.directory.forms_families import AccessForm
from pupitre.directory.models import Guardianship
from pupitre.directory.services.restrictions import LetInReason, ShutReason, let_in, shut_out, steps_of
from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest


@require_safe
def access(request: ActorRequest, uai: str, pk: int, child: int) -> HttpResponse:
    return _page(request, _link_or_404(request, pk, child))


@require_POST
def shut(request: ActorRequest, uai: str, pk: int, child: int) -> HttpResponse:
    link = _link_or_404(request, pk, child)
    form = AccessForm(request.POST, is_shut=False)
    if not form.is_valid():
        return _page(request, link, form, status=422)
    shut_out(link=link, reason=ShutReason(form.cleaned_data["raison"]), actor=request.actor)
    return redirect("accounts_of_school:access", uai=uai, pk=pk, child=child)


@require_POST
def reopen(request: ActorRequest, uai: str, pk: int, child: int) -> HttpResponse:
    link = _link_or_404(request, pk, child)
    form = AccessForm(request.POST, is_shut=True)
    if not form.is_valid():
        return _page(request, link, form, status=422)
    let_in(link=link, reason=LetInReason(form.cleaned_data["raison"]), actor=request.actor)
    return redirect("accounts_of_school:access", uai=uai, pk=pk, child=child)


def _link_or_404(request: ActorRequest, guardian: int, student: int) -> Guardianship:
    links = Guardianship.objects.select_related("guardian", "student")
    verb = "directory.restrict_guardian"
    return get_allowed_or_404(request.actor, verb, links, guardian_id=guardian, student_id=student)


def _page(request: ActorRequest, link: Guardianship, form: AccessForm | None = None, status: int = 200) -> HttpResponse:
    # A form that comes back belongs to the state it was sent for.
    context = {
        "uai": request.actor.uai,
        "link": link,
        "steps": steps_of(link),
        "works_here": works_here(link.guardian),
        "form": form or AccessForm(is_shut=link.is_restricted),
    }
    return render(request, "directory/access.html", context, status=status)
