"""The pages that browsers are sent to: entering a service, leaving them all."""

import datetime as dt
import logging
import secrets
from typing import cast

from django.conf import settings
from django.contrib.auth import logout as end_session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from pupitre.accounts.proving import new_mark, proved_since
from pupitre.directory.identity import Identity
from pupitre.directory.middleware import DirectoryRequest
from pupitre.integrations.cas.services.granting import grant_service_ticket
from pupitre.integrations.cas.views.asked import Asked
from pupitre.integrations.services.addresses import WrongAddress, parse_address, with_parameter
from pupitre.integrations.services.models import Service
from pupitre.integrations.services.queries import Admission, admissions, services_at

_log = logging.getLogger(__name__)


@never_cache
@require_safe
def login(request: HttpRequest) -> HttpResponse:
    """Send the person back to the service with a ticket, after whatever must be asked of them."""
    asked, identity = Asked.of(request.GET), cast(DirectoryRequest, request).identity
    if not asked.service:
        return HttpResponseRedirect("/") if identity else _ask(reverse("cas:login"))
    services = _registered(asked.service)
    if not services:
        return _refuse(request, "unknown")
    if identity is None:
        return _ask(asked.url(mark=new_mark())) if asked.may_show else _back(request, asked)
    fresh = proved_since(request, asked.mark)
    if asked.renew and fresh is None:
        proof = urlencode({"next": asked.url(mark=new_mark())})
        return HttpResponseRedirect(f"{reverse('accounts:prove')}?{proof}")
    found = admissions(identity, services)
    if asked.school:
        found = [each for each in found if each.actor.uai == asked.school] or found
    if len(found) == 1:
        return _enter(request, asked, identity, found[0], fresh)
    if not asked.may_show:
        return _back(request, asked)
    return _choose(request, asked, found) if found else _refuse(request, "closed", services[0])


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def logout(request: HttpRequest) -> HttpResponse:
    """End the session, and those of the services by a job; go back to a service only when it is a registered one."""
    if request.method != "HEAD":
        end_session(request)
    service = request.GET.get("service", "") or request.POST.get("service", "")
    known = bool(service) and bool(_registered(service))
    response = HttpResponseRedirect(service) if known else render(request, "services/signed_out.html")
    # The next person's « back » must find nothing.
    response["Clear-Site-Data"] = '"cache"'
    return _discreet(response)


def _registered(service: str) -> list[Service]:
    try:
        return services_at(parse_address(service), protocol=Service.Protocol.CAS)
    except WrongAddress:
        return []


def _ask(back: str) -> HttpResponse:
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': back})}")


def _enter(
    request: HttpRequest, asked: Asked, identity: Identity, admission: Admission, fresh: dt.datetime | None
) -> HttpResponse:
    service = admission.connector.service
    raw = grant_service_ticket(
        person_id=identity.person,
        establishment_id=admission.actor.establishment_id,
        service_id=service.pk,
        session_key=identity.session,
        address=asked.service,
        proved_at=fresh,
    )
    if asked.by_post:
        return _post(request, asked, service, raw)
    return _leave(request, asked, with_parameter(asked.service, "ticket", raw), service)


def _back(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Back to the service without a ticket: it asked for no page (`gateway`)."""
    return _discreet(HttpResponseRedirect(asked.service))


def _leave(request: HttpRequest, asked: Asked, target: str, service: Service) -> HttpResponse:
    """To the service. After a form of ours, by a page: browsers refuse that a form ends outside (`form-action`)."""
    if not asked.mark:
        return _discreet(HttpResponseRedirect(target))
    return _discreet(render(request, "services/leaving.html", {"target": target, "service": service}))


def _post(request: HttpRequest, asked: Asked, service: Service, raw: str) -> HttpResponse:
    response = render(request, "cas/posting.html", {"target": asked.service, "service": service, "ticket": raw})
    # This page alone may send a form to this service, and to no other.
    response._csp_update = {"form-action": [service.origin]}  # type: ignore[attr-defined]
    return _discreet(response)


def _choose(request: HttpRequest, asked: Asked, found: list[Admission]) -> HttpResponse:
    choices = [(each, asked.url(school=each.actor.uai, mark=asked.mark)) for each in found]
    return _discreet(
        render(request, "services/choose.html", {"choices": choices, "service": found[0].connector.service})
    )


def _refuse(request: HttpRequest, why: str, service: Service | None = None) -> HttpResponse:
    """A page that says why, never a redirection; its reference is in the journal of the server."""
    reference = secrets.token_hex(3).upper()
    _log.warning("CAS: %s, %s, service %s", reference, why, service.pk if service else "-")
    context = {"why": why, "service": service, "reference": reference}
    return _discreet(render(request, "services/refused.html", context, status=403))


def _discreet(response: HttpResponse) -> HttpResponse:
    """The address of these pages tells where people go: nobody else learns it."""
    response["Referrer-Policy"] = "no-referrer"
    return response
