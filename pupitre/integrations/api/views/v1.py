"""The addresses that applications call: a token in, JSON out. No cookie is read, no page of another site may read the answer."""

import hashlib
from collections.abc import Callable

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from pupitre.establishments.scope import scope
from pupitre.integrations.api.declared import Endpoint
from pupitre.integrations.api.openapi import description
from pupitre.integrations.api.problems import Problem, nothing_here
from pupitre.integrations.api.queries.calling import Call, caller_of, open_call
from pupitre.integrations.api.records import Me
from pupitre.integrations.api.scopes import STUDENTS
from pupitre.integrations.api.services.noting import Note, note, remember
from pupitre.integrations.oidc.services.telling import issuer

View = Callable[..., HttpResponse]


def view_of(endpoint: Endpoint) -> View:
    """The view of an address."""

    @csrf_exempt
    def view(request: HttpRequest, number: str = "") -> HttpResponse:
        try:
            return _answer(request, endpoint, number)
        except Problem as no:
            return _kept_out(no.response())

    return view


@csrf_exempt
def missing(request: HttpRequest, rest: str) -> HttpResponse:
    """Any other address under `/api/v1/`, told in the same words."""
    return _kept_out(nothing_here().response())


def openapi(request: HttpRequest) -> HttpResponse:
    """The description of the API, for programs; the same for everybody."""
    response = HttpResponse(msgspec.json.encode(description()), content_type="application/json")
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _answer(request: HttpRequest, endpoint: Endpoint, number: str) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        raise Problem("methode", _("Cette adresse se lit avec GET."), {"Allow": "GET, HEAD"})
    caller = caller_of(request.headers.get("Authorization", ""))
    with scope(caller.actor.establishment_id):
        call = open_call(
            caller, scope=endpoint.scope, number=number, verb=endpoint.verb, facts=endpoint.facts()
        )  # fmt: skip
        told = endpoint.read(call, request.GET)
        notes = _note(call, endpoint, told)
    remember(notes)
    response = _conditional(request, msgspec.json.encode(told))
    if after := getattr(told, "next", None):
        query = request.GET.copy()
        query["cursor"] = after
        response["Link"] = f'<{issuer()}{request.path}?{query.urlencode()}>; rel="next"'
    return _kept_out(response)


def _note(call: Call, endpoint: Endpoint, told: msgspec.Struct) -> set[Note]:
    if isinstance(told, Me):
        # The first names and the classes, when they are given: each in the journal of whom they are about.
        return note(call, STUDENTS, call.named)
    about = call.student.person_id if call.student is not None else call.actor.person_id
    return note(call, endpoint.scope, {about})


def _conditional(request: HttpRequest, body: bytes) -> HttpResponse:
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(body, content_type="application/json")
    response["ETag"] = etag
    return response


def _kept_out(response: HttpResponse) -> HttpResponse:
    """Kept by the application alone, and asked again each time."""
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Authorization"
    response["X-Robots-Tag"] = "noindex"
    return response
