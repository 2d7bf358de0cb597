"""The services that receive the classes of the school: choosing them, what they are told, their files."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.foundation.access import get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.oneroster.forms import FileForm, ReceiverForm
from pupitre.integrations.oneroster.models import Receiver, RosterFile
from pupitre.integrations.oneroster.policies import MANAGE
from pupitre.integrations.oneroster.queries import (
    files_of,
    is_going,
    last_taken,
    possible_receivers,
    prevented,
    receivers_seen,
    told_to,
)
from pupitre.integrations.oneroster.services.asking import Cannot, ask_for_file
from pupitre.integrations.oneroster.services.receivers import add_receiver, remove_receiver, set_receiver
from pupitre.integrations.oneroster.services.taking import Gone, take
from pupitre.integrations.oneroster.words import WHY


@require_safe
def home(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, MANAGE)
    return _home(request)


@require_POST
def add(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, MANAGE)
    asked = request.POST.get("service", "")
    chosen = next((each for each in possible_receivers(request.actor) if str(each.pk) == asked), None)
    if chosen is None:
        return _home(request, problem=_("Choisissez un service de la liste."))
    return _back(uai, add_receiver(chosen, actor=request.actor).pk, "ajoute")


@require_http_methods(["GET", "HEAD", "POST"])
def receiver(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """What a service is told, and its files; to htmx, the files alone."""
    found = _receiver(request, pk)
    if request.method != "POST":
        return _page(request, found)
    form = ReceiverForm(request.POST, receiver=found)
    if not form.is_valid():
        return _page(request, found, form)
    typed = form.cleaned_data
    set_receiver(
        found,
        actor=request.actor,
        with_guardians=typed["responsables"],
        with_ine=typed["ine"],
        ine_reason=typed["raison"],
    )
    return _back(uai, pk, "enregistre")


@require_POST
def prepare(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    found = _receiver(request, pk)
    form = FileForm(request.POST)
    if not form.is_valid():
        return _page(request, found, problem=str(form.errors["contenu"][0]))
    try:
        ask_for_file(found, actor=request.actor, content=form.cleaned_data["contenu"])
    except Cannot as no:
        return _page(request, found, problem=str(WHY[no.code]))
    return _back(uai, pk, "demande")


@require_POST
def remove(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    remove_receiver(_receiver(request, pk), actor=request.actor)
    return redirect("oneroster:home", uai=uai)


@never_cache
@require_POST
def download(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """The zip. By POST: nothing that follows links takes a file that names a whole school."""
    rows = RosterFile.objects.select_for_update(of=("self",))
    found = get_allowed_or_404(request.actor, "oneroster.take_file", rows, pk=pk)
    try:
        data = take(found, actor=request.actor)
    except Gone:
        raise Http404 from None
    except Cannot as no:
        return _page(request, _receiver(request, found.receiver_id), problem=str(WHY[no.code]))
    response = HttpResponse(data, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{uai}_{found.name}"'
    return response


def _receiver(request: ActorRequest, pk: int) -> Receiver:
    rows = Receiver.objects.select_related("connector__service", "set_by")
    return get_allowed_or_404(request.actor, "oneroster.manage_receiver", rows, pk=pk)


def _home(request: ActorRequest, *, problem: str = "") -> HttpResponse:
    context = {
        "uai": request.actor.uai,
        "receivers": list(receivers_seen(request.actor)),
        "possible": possible_receivers(request.actor),
        "problem": problem,
    }
    return render(request, "oneroster/home.html", context, status=422 if problem else 200)


def _page(
    request: ActorRequest, found: Receiver, form: ReceiverForm | None = None, *, problem: str = ""
) -> HttpResponse:
    files = files_of(request.actor, found)
    context = {
        "uai": request.actor.uai,
        "receiver": found,
        "files": files,
        "is_going": is_going(files),
        "why": WHY,
        "said": request.GET.get("dit", ""),
    }
    if request.method != "POST" and "HX-Request" in request.headers:
        return render(request, "oneroster/_files.html", context)
    context |= {
        "form": form or ReceiverForm(receiver=found),
        "told": told_to(found),
        "prevented": WHY.get(prevented(found.connector), ""),
        "last": last_taken(found).defer("data", "whole", "people").first(),
        "problem": problem,
    }
    return render(request, "oneroster/receiver.html", context, status=422 if form or problem else 200)


def _back(uai: str, pk: int, said: str) -> HttpResponse:
    return redirect(f"{reverse('oneroster:receiver', args=[uai, pk])}?dit={said}")
