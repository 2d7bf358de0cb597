"""What services ask from their own server: whose ticket this is, and tickets to act for somebody."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from pupitre.integrations.cas import saml11
from pupitre.integrations.cas.answers import Body, proxied, refused, to_json, to_xml, validated
from pupitre.integrations.cas.failures import Refused
from pupitre.integrations.cas.services.proxying import grant_proxy_ticket
from pupitre.integrations.cas.services.validating import Validated, validate


@never_cache
@require_GET
def validate_1(request: HttpRequest) -> HttpResponse:
    """CAS 1.0: two lines of text."""
    try:
        text = f"yes\n{_validated(request, takes_proxies=False).told.user}\n"
    except Refused:
        text = "no\n\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@never_cache
@require_GET
def service_validate(request: HttpRequest) -> HttpResponse:
    return _answer(request, takes_proxies=False)


@never_cache
@require_GET
def proxy_validate(request: HttpRequest) -> HttpResponse:
    return _answer(request, takes_proxies=True)


@never_cache
@require_GET
def proxy(request: HttpRequest) -> HttpResponse:
    try:
        raw = grant_proxy_ticket(raw=request.GET.get("pgt", ""), target=request.GET.get("targetService", ""))
    except Refused as no:
        return _written(request, refused(no, "proxyFailure"))
    return _written(request, proxied(raw))


@never_cache
@csrf_exempt  # A server asks, without a browser: the ticket is the proof.
@require_POST
def saml_validate(request: HttpRequest) -> HttpResponse:
    """SAML 1.1, for clients that know nothing newer."""
    address = request.GET.get("TARGET", "")
    try:
        body = request.body
    except RequestDataTooBig:
        body = b""
    try:
        found = validate(address=address, raw=saml11.ticket_in(body))
    except Refused as no:
        written = saml11.refusal(no, address)
    else:
        written = saml11.assertion(found, address=address, issuer=request.build_absolute_uri("/cas"))
    return HttpResponse(written, content_type="text/xml;charset=utf-8")


def _answer(request: HttpRequest, *, takes_proxies: bool) -> HttpResponse:
    try:
        found = _validated(request, takes_proxies=takes_proxies)
    except Refused as no:
        return _written(request, refused(no, "authenticationFailure"))
    return _written(request, validated(found))


def _validated(request: HttpRequest, *, takes_proxies: bool) -> Validated:
    asked = request.GET
    return validate(
        address=asked.get("service", ""),
        raw=asked.get("ticket", ""),
        renew=asked.get("renew", "").lower() not in ("", "false"),
        takes_proxies=takes_proxies,
        pgt_url=asked.get("pgtUrl", ""),
    )


def _written(request: HttpRequest, body: Body) -> HttpResponse:
    """Always 200, as the protocol wants it, in the form that was asked."""
    if request.GET.get("format", "").upper() == "JSON":
        facts: dict[str, Any] = to_json(body)
        return JsonResponse(facts, json_dumps_params={"ensure_ascii": False})
    return HttpResponse(to_xml(body), content_type="application/xml;charset=utf-8")
