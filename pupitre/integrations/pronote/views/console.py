"""PRONOTE in a school: reading it, trying it, and the file of reconciliation."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.foundation import clock
from pupitre.foundation.access import get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.pronote.forms import PartnershipForm
from pupitre.integrations.pronote.models import Partnership
from pupitre.integrations.pronote.services.asking import KEY, base_of
from pupitre.integrations.pronote.services.exporting import export_people, keep_partnership
from pupitre.integrations.services.failures import FAILURES
from pupitre.integrations.services.models import Connector, Service
from pupitre.integrations.services.services.copying import ask_for_trial, read_with

MANAGE = "services.manage"


@require_safe
def bridge(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    return _page(request, _service(request, pk))


@require_POST
def reading(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Read PRONOTE for the home, or stop."""
    connector = _open_connector(request, pk)
    if connector is None:
        return _back(uai, pk, "ferme")
    is_on = request.POST.get("lire") == "oui"
    read_with(connector, actor=request.actor, reader=KEY if is_on else "")
    return _back(uai, pk, "lu" if is_on else "non-lu")


@require_POST
def attempt(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    connector = _open_connector(request, pk)
    if connector is None:
        return _back(uai, pk, "ferme")
    ask_for_trial(connector, actor=request.actor, reader=KEY)
    return _back(uai, pk, "essai")


@require_http_methods(["GET", "HEAD", "POST"])
def partnership(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    require(request.actor, MANAGE)
    service = _service(request, pk)
    if request.method != "POST":
        return redirect("pronote:bridge", uai=uai, pk=pk)
    form = PartnershipForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, service, form)
    connector, _created = Connector.objects.get_or_create(service=service)
    typed = form.cleaned_data
    keep_partnership(connector, actor=request.actor, partner=typed["partenaire"], public_key=typed["cle"])
    return _back(uai, pk, "cle")


@never_cache
@require_POST
def download(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """The sealed file of reconciliation."""
    require(request.actor, MANAGE)
    service = _service(request, pk)
    rows = Partnership.objects.select_related("connector__service")
    kept = rows.filter(connector__service=service).first()
    if kept is None:
        raise Http404
    response = HttpResponse(export_people(kept, actor=request.actor), content_type="application/xml")
    response["Content-Disposition"] = f'attachment; filename="{uai}_pronote_{clock.today():%Y%m%d}.xml"'
    return response


def _service(request: ActorRequest, pk: int) -> Service:
    """A service that was registered as a PRONOTE."""
    rows = Service.objects.filter(release=KEY, protocol=Service.Protocol.CAS)
    return get_allowed_or_404(request.actor, "services.view_service", rows, pk=pk)


def _open_connector(request: ActorRequest, pk: int) -> Connector | None:
    require(request.actor, MANAGE)
    found: Connector | None = Connector.objects.filter(service=_service(request, pk), is_on=True).first()
    return found


def _page(request: ActorRequest, service: Service, form: PartnershipForm | None = None) -> HttpResponse:
    connector = Connector.objects.filter(service=service).first()
    kept = Partnership.objects.filter(connector=connector).first() if connector else None
    initial = {"partenaire": kept.partner, "cle": kept.public_key} if kept else {}
    context = {
        "uai": request.actor.uai,
        "service": service,
        "connector": connector,
        "partnership": kept,
        "form": form or PartnershipForm(initial=initial),
        "failures": FAILURES,
        "said": request.GET.get("dit", ""),
        "cas_url": f"{settings.SITE_URL}/cas",
        "data_url": f"{base_of(service)}donneesUtilisateur",
        "resting": service.resting_until_at
        if service.resting_until_at and service.resting_until_at > clock.now()
        else None,
        "may_manage": request.actor.has(MANAGE),
    }
    return render(request, "pronote/bridge.html", context, status=422 if form else 200)


def _back(uai: str, pk: int, said: str) -> HttpResponse:
    response = redirect("pronote:bridge", uai=uai, pk=pk)
    response["Location"] += f"?dit={said}"
    return response
