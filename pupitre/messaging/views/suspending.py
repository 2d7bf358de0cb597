"""Stopping the messages of the school or of a class, and letting them go again."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pupitre.directory.activation import divisions_of_today
from pupitre.directory.middleware import DirectoryRequest
from pupitre.directory.models import Group
from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest
from pupitre.messaging.forms import SuspensionForm
from pupitre.messaging.models import MessagingSuspension
from pupitre.messaging.queries.watching import suspensions
from pupitre.messaging.services import suspending
from pupitre.messaging.services.suspending import SUSPEND
from pupitre.messaging.views.place import SAID, notice_of


@require_http_methods(["GET", "HEAD", "POST"])
def suspension(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, SUSPEND)
    form = SuspensionForm(request.POST if request.method == "POST" else None)
    divisions = list(divisions_of_today().order_by("label"))
    chosen = request.POST.get("group") or request.GET.get("classe", "")
    if request.method == "POST" and form.is_valid():
        group = _group(divisions, chosen)
        name = _name(request)
        suspending.suspend(group=group, reason=form.cleaned_data["reason"], actor=request.actor, name=name)
        return _back(uai, "suspendu")
    context = {
        "uai": uai,
        "form": form,
        "divisions": divisions,
        "chosen": chosen,
        "suspensions": list(suspensions()),
        "notice": notice_of(request),
    }
    return render(request, "messaging/suspension.html", context, status=422 if form.errors else 200)


@require_POST
def resume(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    require(request.actor, SUSPEND)
    found = MessagingSuspension.objects.filter(pk=pk, ended_at=None).first()
    if found is None:
        raise Http404
    suspending.resume(found, actor=request.actor)
    return _back(uai, "repris")


def _group(divisions: list[Group], chosen: str) -> Group | None:
    """The class chosen, None for the whole school. Raises Http404 for a class that is not one."""
    if not chosen:
        return None
    found = next((group for group in divisions if str(group.pk) == chosen), None)
    if found is None:
        raise Http404
    return found


def _name(request: ActorRequest) -> str:
    known: DirectoryRequest = request  # type: ignore[assignment]
    return known.identity.display_name


def _back(uai: str, said: str) -> HttpResponse:
    response = redirect("messages_of_school:suspension", uai=uai)
    response["Location"] += f"?{SAID}={said}"
    return response
