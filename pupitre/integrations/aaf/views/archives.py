"""The archives of an academy, and one of them, whose page follows its state."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from pupitre.foundation.access import allowed, get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.aaf.forms import LARGEST, MEGABYTE, ArchiveForm
from pupitre.integrations.aaf.models import Batch, SchoolPart
from pupitre.integrations.aaf.policies import MANAGE
from pupitre.integrations.aaf.queries import academy_of, categories_of, parts_of, states_of
from pupitre.integrations.aaf.services.receiving import AT_WORK, is_newest, is_silent, receive

A_PAGE = 50
_SAID = {
    "applique": (gettext_lazy("C’est demandé : les établissements prêts sont appliqués l’un après l’autre."), "ok"),
    "ecole": (gettext_lazy("C’est demandé : cet établissement est appliqué à son tour."), "ok"),
    "relance": (gettext_lazy("C’est relancé : ce qui était fait n’est pas refait."), "ok"),
    "rien": (
        gettext_lazy("Il n’y avait rien à faire : c’était déjà fait, ou une archive plus récente l’a remplacé."),
        "info",
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def batches(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, MANAGE)
    academy = academy_of(request.actor)
    if request.method != "POST":
        return _batches(request, ArchiveForm(), academy)
    form = ArchiveForm(request.POST, request.FILES)
    if not form.is_valid():
        return _batches(request, form, academy)
    if not academy:
        form.add_error("archive", _("L’académie de cet établissement n’est pas connue : complétez sa fiche d’abord."))
        return _batches(request, form, academy)
    upload = form.cleaned_data["archive"]
    received = receive(
        str(upload.name), upload.file, academy=academy, actor=request.actor, may_open=form.cleaned_data["ouvrir"]
    )
    return redirect("aaf:batch", uai=uai, pk=received.pk)


@require_safe
def batch(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    shown = get_allowed_or_404(request.actor, "aaf.manage_batch", Batch.objects.select_related("feed", "author"), pk=pk)
    at_work = shown.state in AT_WORK and not is_silent(shown)
    if "suivi" in request.GET and "HX-Request" in request.headers:
        if at_work:
            return HttpResponse(status=204)
        return HttpResponse(headers={"HX-Redirect": reverse("aaf:batch", args=[uai, pk])})
    state = request.GET.get("etat", "")
    states = states_of(shown)
    context: dict[str, Any] = {
        "uai": uai,
        "batch": shown,
        "at_work": at_work,
        "notice": _SAID.get(request.GET.get("dit", "")),
        "categories": categories_of(shown),
        "states": states,
        "state": state if state in SchoolPart.State.values else "",
        "schools": sum(each.schools for each in states),
        "ready": sum(each.schools for each in states if each.state in ("ready", "same")),
        "differences": sum(each.differences for each in states if each.state in ("ready", "held")),
        "page": Paginator(parts_of(shown, state), A_PAGE).get_page(request.GET.get("page")),
        "is_newest": is_newest(shown),
    }
    return render(request, "aaf/batch.html", context)


def _batches(request: ActorRequest, form: ArchiveForm, academy: str) -> HttpResponse:
    seen = allowed(request.actor, "aaf.manage_batch", Batch.objects.select_related("author").defer("findings"))
    context = {
        "uai": request.actor.uai,
        "form": form,
        "academy": academy,
        "page": Paginator(seen.order_by("-created_at", "-pk"), 20).get_page(request.GET.get("page")),
        "largest": LARGEST // MEGABYTE,
    }
    return render(request, "aaf/batches.html", context, status=422 if form.errors else 200)
