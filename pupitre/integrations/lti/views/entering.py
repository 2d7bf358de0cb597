"""The page that tools send browsers to: who is coming, and where to (LTI 1.3 Core, OpenID Connect form_post)."""

import logging
import secrets
from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from pupitre.directory.middleware import DirectoryRequest
from pupitre.establishments.scope import scope
from pupitre.foundation.actor import Actor
from pupitre.integrations.lti.models import Launch, Tool
from pupitre.integrations.lti.queries import connector_of, course_taught, link_open_to, registered
from pupitre.integrations.lti.refusals import SENTENCES, NotLed, Refused
from pupitre.integrations.lti.services.leading import Hint, arrived, open_return
from pupitre.integrations.lti.services.outcomes import note_failure, school_of_hint
from pupitre.integrations.lti.services.telling import opening_token, picking_token
from pupitre.integrations.services.releases import Unnameable
from pupitre.integrations.services.services.outcomes import NotHere

_log = logging.getLogger(__name__)
_LONGEST = 4000


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def authorize(request: HttpRequest) -> HttpResponse:
    """Send the person on to the tool, signed. A form from the tool comes without our cookie: it is asked again as a page."""
    if request.method == "POST":
        return discreet(HttpResponseRedirect(f"{reverse('lti:authorize')}?{request.POST.urlencode()}"))
    asked, tool = request.GET, None
    try:
        tool = _tool(asked)
        try:
            return _send(request, tool, asked, id_token=_token(request, tool, asked))
        except Refused as no:
            _log.warning("LTI: tool %s refused, %s", tool.pk, no.code)
            # That nobody is signed in any more is no fault of the tool.
            if no.code != "login_required":
                note_failure(tool, "request", establishment_id=_school(tool, asked))
            return _send(request, tool, asked, error=no.code)
    except NotLed as no:
        return stay(request, no, tool)


def stay(request: HttpRequest, no: NotLed, tool: Tool | None = None) -> HttpResponse:
    """A page that says why nobody is led on; its reference is in the journal of the server."""
    reference = secrets.token_hex(3).upper()
    _log.warning("LTI: %s, %s, tool %s", reference, no.why, tool.pk if tool else "-")
    context = {"sentence": SENTENCES[no.why], "reference": reference}
    return discreet(render(request, "lti/refused.html", context, status=403))


def discreet(response: HttpResponse) -> HttpResponse:
    """The address of these pages tells where people go: nobody else learns it."""
    response["Referrer-Policy"] = "no-referrer"
    return response


def _tool(asked: QueryDict) -> Tool:
    tool = registered(asked.get("client_id", ""))
    if tool is None:
        raise NotLed("unknown")
    if asked.get("redirect_uri", "") not in tool.redirect_uris:
        note_failure(tool, "elsewhere", establishment_id=_school(tool, asked))
        raise NotLed("elsewhere")
    return tool


def _school(tool: Tool, asked: QueryDict) -> int | None:
    return school_of_hint(tool, asked.get("login_hint", ""), asked.get("lti_message_hint", ""))


def _check(asked: QueryDict) -> None:
    if asked.get("response_type") != "id_token":
        raise Refused("unsupported_response_type")
    if "openid" not in asked.get("scope", "").split():
        raise Refused("invalid_scope")
    if asked.get("response_mode") != "form_post" or asked.get("prompt") != "none":
        raise Refused("invalid_request")
    if not 0 < len(asked.get("nonce", "")) <= 500 or len(asked.get("state", "")) > _LONGEST:
        raise Refused("invalid_request")


def _token(request: HttpRequest, tool: Tool, asked: QueryDict) -> str:
    _check(asked)
    identity = cast(DirectoryRequest, request).identity
    launch = arrived(tool, Hint(asked.get("login_hint", ""), asked.get("lti_message_hint", "")), identity)
    actor = identity.actor_at(launch.establishment_id) if identity else None
    if actor is None:
        raise NotLed("closed")
    launch.tool = tool
    try:
        with scope(launch.establishment_id):
            return _signed(launch, actor, asked.get("nonce", ""))
    except Unnameable:
        note_failure(tool, "unnameable", establishment_id=launch.establishment_id)
        raise NotLed("closed") from None
    except NotHere:
        raise NotLed("closed") from None


def _signed(launch: Launch, actor: Actor, nonce: str) -> str:
    connector = connector_of(actor, launch.tool)
    if connector is None:
        raise NotLed("closed")
    if launch.link_id is not None:
        link = link_open_to(actor, launch.tool, launch.link_id)
        if link is None:
            raise NotLed("closed")
        return opening_token(launch, actor=actor, connector=connector, link=link, nonce=nonce)
    course = course_taught(actor, launch.course_id)
    if course is None:
        raise NotLed("closed")
    data = open_return(launch, actor)
    return picking_token(launch, actor=actor, connector=connector, course=course, nonce=nonce, data=data)


def _send(request: HttpRequest, tool: Tool, asked: QueryDict, **facts: str) -> HttpResponse:
    """A form that leaves by itself; this page alone may send one to this tool, and to no other."""
    sent = {**facts, "state": asked.get("state", "")[:_LONGEST]}
    context = {"target": asked["redirect_uri"], "service": tool.service, "sent": sent, "is_error": "error" in facts}
    response = render(request, "lti/posting.html", context)
    response._csp_update = {"form-action": [tool.service.origin]}  # type: ignore[attr-defined]
    return discreet(response)
