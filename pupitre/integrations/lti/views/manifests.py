"""What a tool reads of us and says of itself when it registers (LTI Dynamic Registration 1.0)."""

import logging
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from pupitre.integrations.lti.models import Registration
from pupitre.integrations.lti.refusals import NotProved
from pupitre.integrations.lti.services.inviting import hear, invited_with
from pupitre.integrations.lti.services.manifests import LARGEST, WrongManifest, answered
from pupitre.integrations.lti.words import CLAIMS, MARKING, MEMBERS, OPENING, PICKING, PLATFORM_CLAIM
from pupitre.integrations.oidc.services.telling import issuer

_log = logging.getLogger(__name__)


@require_GET
def configuration(request: HttpRequest) -> JsonResponse:
    """What a tool reads first. Apart from the one of OpenID Connect: people are sent to another address, to sign in otherwise."""
    me = issuer()
    named = {
        "authorization_endpoint": "lti:authorize",
        "token_endpoint": "lti:token",  # nosec B105 - the name of a route
        "jwks_uri": "oidc:jwks",
        "registration_endpoint": "lti:registration",
    }
    facts: dict[str, Any] = {"issuer": me} | {name: me + reverse(route) for name, route in named.items()}
    facts |= {
        "response_types_supported": ["id_token"],
        "response_modes_supported": ["form_post"],
        "grant_types_supported": ["implicit", "client_credentials"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": ["RS256"],
        "scopes_supported": ["openid", *MARKING, MEMBERS],
        "claims_supported": list(CLAIMS),
        PLATFORM_CLAIM: {
            "product_family_code": "pupitre",
            "version": "1",
            "messages_supported": [{"type": OPENING}, {"type": PICKING}],
            # Names between « $ » in parameters are told as they are written.
            "variables": [],
        },
    }
    return JsonResponse(facts)


@csrf_exempt
@require_POST
def registration(request: HttpRequest) -> JsonResponse:
    """Hear a tool once, with the token that somebody's page gave it. What it says waits for them."""
    try:
        invited = _invited(request)
    except NotProved:
        return _said(401, "invalid_token")
    try:
        return _heard(request, invited)
    except WrongManifest as wrong:
        _log.warning("LTI: tool %s, registration refused, %s", invited.tool_id, wrong.field)
        return _said(400, wrong.code, wrong.field)
    except NotProved:
        return _said(401, "invalid_token")


def _invited(request: HttpRequest) -> Registration:
    scheme, _space, raw = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise NotProved("token")
    return invited_with(raw.strip())


def _heard(request: HttpRequest, invited: Registration) -> JsonResponse:
    if request.content_type != "application/json":
        return _said(415, "invalid_client_metadata", "content_type")
    # Said before it is read: what is too long is not kept in memory.
    length = request.headers.get("Content-Length", "")
    if not length.isdecimal() or int(length) > LARGEST:
        return _said(413, "invalid_client_metadata", "size")
    manifest = hear(invited, request.body)
    # 200, as the specification of LTI writes it and as platforms answer, though RFC 7591 says 201.
    told = answered(manifest, client_id=invited.tool.client_id, deployment_id=invited.establishment.uai)
    return _discreet(JsonResponse(told))


def _said(status: int, code: str, field: str = "") -> JsonResponse:
    answer = JsonResponse({"error": code} | ({"error_description": field} if field else {}), status=status)
    if status == 401:
        answer["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    return _discreet(answer)


def _discreet(answer: JsonResponse) -> JsonResponse:
    answer["Cache-Control"] = "no-store"
    return answer
