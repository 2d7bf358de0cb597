"""The access of an academy to the GAR: its settings, its deliveries, the reports. For the academy's people alone."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.accounts.signed_in import fresh_proof, signed_in
from pupitre.directory.academies import academies_of
from pupitre.directory.middleware import DirectoryRequest
from pupitre.directory.profiles import Profile
from pupitre.foundation.actor import Actor
from pupitre.foundation.jobs import enqueue
from pupitre.integrations.gar.forms import AccessForm
from pupitre.integrations.gar.models import Access, Report
from pupitre.integrations.gar.queries import access_looked_after, deliveries_of, report_for, reports_of, schools_of
from pupitre.integrations.gar.services.access import Taken, WrongCertificate, renew_key, set_access
from pupitre.integrations.gar.services.delivering import begin, is_being_made
from pupitre.integrations.gar.services.reading import beginning_of, bytes_of
from pupitre.integrations.gar.words import LEVELS, WHY


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def access(request: HttpRequest) -> HttpResponse:
    actor, academies = _who(request)
    held = access_looked_after(academies)
    form = AccessForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        academies=sorted({*academies, *(held.academies if held else ())}),
        initial=_known(held) or {"academies": academies[:1]},
    )
    if request.method == "POST":
        first = fresh_proof(request, back=reverse("gar_access:access"))
        if first is not None:
            return first
        if form.is_valid() and _set(held, form, actor):
            return _back("enregistre")
    return _page(request, held, form)


@require_POST
@signed_in
def deliver(request: HttpRequest) -> HttpResponse:
    """Have the files made and dropped, by a job."""
    actor, held = _held(request)
    if is_being_made(held):
        return _back("demande")
    even_fewer = request.POST.get("moins") == "oui"
    delivery = begin(held, asked_by=actor.person_id)
    enqueue("gar.deliver", delivery=delivery.pk, even_fewer=even_fewer)
    return _back("demande")


@require_POST
@signed_in
def renew(request: HttpRequest) -> HttpResponse:
    actor, held = _held(request)
    first = fresh_proof(request, back=reverse("gar_access:access"))
    if first is not None:
        return first
    renew_key(held, actor=actor)
    return _back("cle")


@require_POST
@signed_in
def fetch(request: HttpRequest) -> HttpResponse:
    """Have the reports fetched, by a job."""
    _actor, held = _held(request)
    enqueue("gar.read_reports_now", access=held.pk)
    return _back("lecture")


@never_cache
@require_safe
@signed_in
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """What was understood of a report, and its beginning as it is."""
    actor, held = _held(request)
    found = report_for(held, pk)
    if found is None:
        raise Http404
    identity = cast(DirectoryRequest, request).identity
    context = {
        "report": found,
        "schools": schools_of(found),
        "mine": {each.uai for each in identity.actors_as(Profile.ACADEMY_ADMIN)},
        "shown": beginning_of(found, actor=actor),
        "levels": LEVELS,
    }
    return render(request, "gar/access_report.html", context)


@require_safe
@signed_in
def report_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A report as the GAR wrote it."""
    actor, held = _held(request)
    found = Report.objects.filter(access=held, pk=pk).first()
    if found is None:
        raise Http404
    name = "".join(each if each.isalnum() or each in "._-" else "_" for each in found.name)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(bytes_of(found, actor=actor), content_type="application/octet-stream", headers=headers)


def _who(request: HttpRequest) -> tuple[Actor, list[str]]:
    """Who is of the academy, and which ones they look after. Raises Http404 for everybody else."""
    identity = cast(DirectoryRequest, request).identity
    academies = academies_of(identity)
    if not academies:
        raise Http404
    return identity.actors_as(Profile.ACADEMY_ADMIN)[0], academies


def _held(request: HttpRequest) -> tuple[Actor, Access]:
    actor, academies = _who(request)
    held = access_looked_after(academies)
    if held is None:
        raise Http404
    return actor, held


def _set(held: Access | None, form: AccessForm, actor: Actor) -> bool:
    try:
        set_access(held, actor=actor, **form.facts)
    except Taken:
        form.add_error(
            "ent",
            _("Cet identifiant, ou une de ces académies, a déjà un autre accès : ils s’effaceraient l’un l’autre."),
        )
    except WrongCertificate:
        form.add_error(
            "certificat",
            _(
                "Ce certificat ne peut pas être lu, ou la clé n’est pas la sienne : un autre certificat se donne avec sa clé."
            ),
        )
    else:
        return True
    return False


def _known(held: Access | None) -> dict[str, Any]:
    if held is None:
        return {}
    return {
        "ouvert": held.is_on, "ent": held.ent_id, "academies": held.academies, "hote": held.sftp_host,
        "port": held.sftp_port, "compte": held.sftp_user, "dossier": held.sftp_folder, "rapports": held.reports_folder,
        "cle_hote": held.host_key, "ressources": held.resources_url,
    }  # fmt: skip


def _page(request: HttpRequest, held: Access | None, form: AccessForm) -> HttpResponse:
    context = {
        "access": held,
        "form": form,
        "deliveries": deliveries_of(held) if held else [],
        "reports": reports_of(held) if held else [],
        "why": WHY,
        "levels": LEVELS,
        "said": request.GET.get("dit", ""),
    }
    return render(request, "gar/access.html", context, status=422 if form.errors else 200)


def _back(said: str) -> HttpResponse:
    return redirect(f"{reverse('gar_access:access')}?dit={said}")
