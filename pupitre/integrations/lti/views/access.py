"""What a tool's server asks: a token, then a course where one of its links stands. Answers follow OAuth 2 (RFC 6749, 6750)."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from pupitre.establishments.scope import scope
from pupitre.integrations.lti.models import Tool
from pupitre.integrations.lti.queries import connector_here, course_of_tool, registered, school_named
from pupitre.integrations.lti.refusals import NotProved
from pupitre.integrations.lti.services.accessing import LIFE, NoScopeGiven, grant_access, tool_with
from pupitre.integrations.lti.services.outcomes import note_failure
from pupitre.integrations.lti.services.proving import claimed_issuer
from pupitre.integrations.oidc.services.telling import issuer
from pupitre.integrations.services.models import Connector
from pupitre.timetable.models import Course

_log = logging.getLogger(__name__)
_PROOF = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
# What the console says of an answer; that something does not exist, or is older, is said to the tool alone.
_FAILURES = {400: "request", 403: "scope", 415: "request"}


class Answered(Exception):
    """The request ends here, with this answer."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code
        # The tool, and the school where it asked, once they are known.
        self.by: tuple[Tool, int] | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """A tool asking in a course of an open school, with what its token opens."""

    tool: Tool
    course: Course
    connector: Connector
    uai: str
    scopes: frozenset[str]

    def need(self, *scopes: str) -> None:
        """One of these scopes. Raises Answered (403)."""
        if not self.scopes.intersection(scopes):
            raise Answered(403, "insufficient_scope")


@csrf_exempt
@require_POST
def token(request: HttpRequest) -> JsonResponse:
    """A token for a proof that the tool signed with its own key (private_key_jwt)."""
    asked = request.POST
    if asked.get("grant_type") != "client_credentials":
        return _said(400, "unsupported_grant_type")
    if asked.get("client_assertion_type") != _PROOF:
        return _said(400, "invalid_request")
    assertion = asked.get("client_assertion", "")
    tool = _tool_in(assertion)
    if tool is None:
        return _said(401, "invalid_client")
    try:
        raw, given = grant_access(
            tool=tool,
            assertion=assertion,
            asked=asked.get("scope", "").split(),
            audience=issuer() + reverse("lti:token"),
        )
    except NotProved as no:
        _log.warning("LTI: tool %s, proof refused, %s", tool.pk, no)
        note_failure(tool, "keys" if str(no) == "keys" else "proof")
        return _said(401, "invalid_client")
    except NoScopeGiven:
        note_failure(tool, "scope")
        return _said(400, "invalid_scope")
    answer = JsonResponse(
        {
            "access_token": raw,
            "token_type": "Bearer",  # nosec B105 - the name of a kind, no secret
            "expires_in": int(LIFE.total_seconds()),
            "scope": " ".join(given),
        }
    )
    answer["Cache-Control"] = "no-store"
    return answer


def for_tools(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of a course that a tool asks with its token: `view(request, asking, …)`, in the open school."""

    @csrf_exempt
    @wraps(view)
    def asked(request: HttpRequest, place: str, course: int, **names: Any) -> HttpResponse:
        try:
            with _opened(request, place, course) as asking:
                return view(request, asking, **names)
        except Answered as no:
            # Once the school is shut again: what was done in it is undone with the error.
            if no.by is not None and (code := _FAILURES.get(no.status)):
                note_failure(no.by[0], code, establishment_id=no.by[1])
            return _said(no.status, no.code)

    return asked


@contextmanager
def _opened(request: HttpRequest, uai: str, course_id: int) -> Iterator[Asking]:
    scheme, _space, raw = request.headers.get("Authorization", "").partition(" ")
    try:
        if scheme.lower() != "bearer":
            raise NotProved("token")
        held = tool_with(raw.strip())
    except NotProved:
        raise Answered(401, "invalid_token") from None
    school = school_named(uai)
    if school is None:
        raise Answered(404, "not_found")
    with scope(school.pk):
        connector, course = connector_here(held.tool), course_of_tool(held.tool, course_id)
        # Where the tool has no link, nothing exists for it.
        if connector is None or course is None:
            raise Answered(404, "not_found")
        try:
            yield Asking(held.tool, course, connector, school.uai, frozenset(held.scope.split()))
        except Answered as no:
            no.by = held.tool, school.pk
            raise


def _tool_in(assertion: str) -> Tool | None:
    """The tool that a proof says it is from; nothing of it is believed before it is read with that tool's key."""
    return registered(claimed_issuer(assertion))


def _said(status: int, code: str) -> JsonResponse:
    answer = JsonResponse({"error": code}, status=status)
    answer["Cache-Control"] = "no-store"
    if status == 401:
        answer["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    return answer
