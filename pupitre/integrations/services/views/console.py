"""The connectors of a school: which are open, to whom, what each receives, how it goes."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.directory.middleware import opens_its_school
from pupitre.establishments.scope import scope
from pupitre.foundation.access import allowed, get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest
from pupitre.foundation.links import buttons_at
from pupitre.integrations.services.attributes import SOURCES
from pupitre.integrations.services.connectors import ConnectorLine, Switch, lines_offered
from pupitre.integrations.services.failures import FAILURES
from pupitre.integrations.services.forms import ConnectorForm, ServiceForm
from pupitre.integrations.services.holds import reach_of
from pupitre.integrations.services.models import Connector, Service
from pupitre.integrations.services.policies import MANAGE, OFFER, VIEW
from pupitre.integrations.services.queries import Line, divisions_of_school, lines_of_school
from pupitre.integrations.services.releases import releases
from pupitre.integrations.services.services.outcomes import note_trial, try_address
from pupitre.integrations.services.services.registering import (
    NobodyChosen,
    register_service,
    set_connector,
    switch_connector,
    withdraw_service,
)
from pupitre.integrations.services.suggestions import SUGGESTIONS


@require_safe
def connectors(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, VIEW)
    lines = lines_of_school(request.actor)
    about = request.GET.get("service", "")
    context = {
        "uai": uai,
        "lines": [_line(each, uai) for each in lines],
        "others": lines_offered(request.actor, [each.connector for each in lines if each.connector is not None]),
        "said": request.GET.get("dit", ""),
        "about": next((each.service.name for each in lines if str(each.service.pk) == about), ""),
        **_may(request),
    }
    return render(request, "services/connectors.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: ActorRequest, uai: str) -> HttpResponse:
    rights = _may(request)
    if not (rights["may_manage"] or rights["may_offer"]):
        raise Http404
    data = request.POST if request.method == "POST" else None
    suggested = SUGGESTIONS.get(request.GET.get("modele", ""))
    form = ServiceForm(
        data,
        may_own=rights["may_manage"],
        may_offer=rights["may_offer"],
        initial=suggested.initial(uai) if suggested else None,
    )
    if data is not None and form.is_valid():
        typed = form.cleaned_data
        service = register_service(
            actor=request.actor,
            name=typed["nom"],
            purpose=typed["usage"],
            protocol=typed["protocole"],
            address=typed["adresse"],
            launch_url=typed["ouverture"],
            release=typed["modele"],
            for_academy=typed["pour"] == "academie",
            proxy_callback=typed["delegation"],
        )
        return redirect("services:connector", uai=uai, pk=service.pk)
    context = {"uai": uai, "form": form, "suggestions": SUGGESTIONS.values(), "suggested": suggested}
    return render(request, "services/add.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def connector(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    service = _service(request, pk)
    if request.method != "POST":
        return _page(request, service)
    require(request.actor, MANAGE)
    form = _form(request, service)
    if not form.is_valid():
        return _page(request, service, form)
    typed = form.cleaned_data
    set_connector(
        service,
        actor=request.actor,
        is_on=typed["ouvert"],
        profiles=typed["profils"],
        groups=form.groups,
        withheld=typed["retenus"],
    )
    return _back(service, uai, "enregistre")


@require_POST
def switch(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    require(request.actor, MANAGE)
    service = _service(request, pk)
    try:
        opened = switch_connector(service, actor=request.actor, is_on=request.POST.get("ouvert") == "oui")
    except NobodyChosen:
        return _back(service, uai, "pour-qui")
    return _back(service, uai, "ouvert" if opened.is_on else "ferme", listed=_is_listed(request))


@opens_its_school
@require_POST
def attempt(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Nothing is open in the database while the service is called."""
    school = request.actor.establishment_id
    with scope(school):
        require(request.actor, MANAGE)
        service = _service(request, pk)
    code = try_address(service.launch_url)
    with scope(school):
        known, _made = Connector.objects.get_or_create(service=service)
        note_trial(known, code)
    return _back(service, uai, "echec" if code else "repond", listed=_is_listed(request))


@require_POST
def withdraw(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    service = get_allowed_or_404(request.actor, "services.change_service", Service.objects.all(), pk=pk)
    withdraw_service(service, actor=request.actor)
    return redirect("services:connectors", uai=uai)


def _line(line: Line, uai: str) -> ConnectorLine:
    """A service as the console shows it, beside the connectors of other rooms."""
    service, known, at = line.service, line.connector, {"uai": uai, "pk": line.service.pk}
    return ConnectorLine(
        key=f"service-{service.pk}",
        name=service.name,
        address=reverse("services:connector", kwargs=at),
        is_on=line.is_on,
        receives=_received(line),
        note=_("Proposé par l’académie") if service.academy else service.purpose,
        last_success_at=known.last_success_at if known else None,
        last_failure_at=known.last_failure_at if known else None,
        failure=FAILURES.get(known.last_failure, "") if known else "",
        failing_since_at=known.failing_since_at if known else None,
        switch=Switch(reverse("services:switch", kwargs=at), "ouvert", "non" if line.is_on else "oui"),
        trial=reverse("services:attempt", kwargs=at),
    )


def _received(line: Line) -> str:
    if line.service.protocol == Service.Protocol.LINK:
        return _("Ne reçoit rien : c’est un simple lien.")
    told = (
        _("Reçoit : %(what)s.") % {"what": ", ".join(str(each) for each in line.facts)}
        if line.facts
        else _("Reçoit %(what)s, et rien d’autre.") % {"what": line.service.get_identifier_display()}
    )
    if not line.reach:
        return told
    may = _("Peut lire, pour qui l’accepte : %(what)s.") % {"what": ", ".join(str(each).lower() for each in line.reach)}
    return f"{told} {may}"


def _service(request: ActorRequest, pk: int) -> Service:
    return get_allowed_or_404(request.actor, "services.view_service", Service.objects.all(), pk=pk)


def _may(request: ActorRequest) -> dict[str, bool]:
    return {"may_manage": request.actor.has(MANAGE), "may_offer": request.actor.has(OFFER)}


def _form(request: ActorRequest, service: Service) -> ConnectorForm:
    return ConnectorForm(
        request.POST if request.method == "POST" else None,
        service=service,
        connector=Connector.objects.filter(service=service).first(),
        divisions=divisions_of_school(request.actor),
    )


def _page(request: ActorRequest, service: Service, form: ConnectorForm | None = None) -> HttpResponse:
    known = Connector.objects.filter(service=service).select_related("service").first()
    withheld = set(known.withheld) if known else set()
    context: dict[str, Any] = {
        "uai": request.actor.uai,
        "service": service,
        "connector": known,
        "form": form or _form(request, service),
        "told": [(name, SOURCES[source].label) for name, source in service.attributes if name not in withheld],
        "reach": reach_of([known]).get(known.pk, ()) if known else (),
        "model": releases()[service.release],
        "failures": FAILURES,
        "said": request.GET.get("dit", ""),
        # Those of the room of its protocol, then of the room of its model: an OpenID client, the reading of PRONOTE.
        "buttons": [
            *buttons_at(request.actor, "service", service.pk, state=service.protocol),
            *buttons_at(request.actor, "service", service.pk, state=f"model:{service.release}"),
        ],
        "cas_url": f"{settings.SITE_URL}/cas",
        "may_change": allowed(request.actor, "services.change_service", Service.objects.filter(pk=service.pk)).exists(),
        **_may(request),
    }
    return render(request, "services/connector.html", context, status=422 if form else 200)


def _is_listed(request: ActorRequest) -> bool:
    """Whether the gesture was made in the list, where one is then led back."""
    return request.POST.get("retour") == "liste"


def _back(service: Service, uai: str, said: str, *, listed: bool = False) -> HttpResponse:
    if listed:
        return redirect(f"{reverse('services:connectors', args=[uai])}?dit={said}&service={service.pk}")
    response = redirect("services:connector", uai=uai, pk=service.pk)
    response["Location"] += f"?dit={said}"
    return response
