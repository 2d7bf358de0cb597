"""What services ask from their own server: tokens, facts, keys."""

import base64
import binascii
import hmac
from typing import Any
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pupitre.integrations.oidc.models import Client
from pupitre.integrations.oidc.scopes import offered_keys
from pupitre.integrations.oidc.services.clients import digest_of
from pupitre.integrations.oidc.services.granting import (
    LIVES,
    NotGranted,
    Tokens,
    bearer,
    exchange_code,
    refresh,
    revoke,
    revoke_family,
)
from pupitre.integrations.oidc.services.keys import published
from pupitre.integrations.oidc.services.telling import id_token, issuer, userinfo
from pupitre.integrations.oidc.views.asked import SCOPES


@require_GET
def configuration(request: HttpRequest) -> JsonResponse:
    """What a service reads first (OpenID Connect Discovery 1.0)."""
    me = issuer()
    named = {
        "authorization_endpoint": "authorize",
        "token_endpoint": "token",  # nosec B105 - the name of a route
        "userinfo_endpoint": "userinfo",
        "jwks_uri": "jwks",
        "end_session_endpoint": "logout",
        "revocation_endpoint": "revoke",
    }
    facts: dict[str, Any] = {"issuer": me}
    facts |= {name: f"{me}{reverse(f'oidc:{route}')}" for name, route in named.items()}
    methods = ["client_secret_basic", "client_secret_post", "none"]
    facts |= {
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": methods,
        "revocation_endpoint_auth_methods_supported": methods,
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": [*SCOPES, *offered_keys()],
        "prompt_values_supported": ["none", "login", "consent"],
        "claims_supported": ["iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "sid"],
        "acr_values_supported": ["1"],
        "ui_locales_supported": ["fr"],
        "claims_parameter_supported": False,
        "request_parameter_supported": False,
        "request_uri_parameter_supported": False,
        "backchannel_logout_supported": True,
        "backchannel_logout_session_supported": True,
    }
    return _open_to_all(JsonResponse(facts))


@require_GET
def jwks(request: HttpRequest) -> JsonResponse:
    return _open_to_all(JsonResponse(published()))


@csrf_exempt
@require_POST
def token(request: HttpRequest) -> JsonResponse:
    client = _client_of(request)
    if client is None:
        return _not_a_client()
    asked = request.POST
    kind = asked.get("grant_type", "")
    try:
        if kind == "authorization_code":
            code, verifier = asked.get("code", ""), asked.get("code_verifier", "")
            found = exchange_code(code, client=client, redirect_uri=asked.get("redirect_uri", ""), verifier=verifier)
        elif kind == "refresh_token":
            found = refresh(asked.get("refresh_token", ""), client=client)
        else:
            return _error("unsupported_grant_type" if kind else "invalid_request")
        return JsonResponse(_answer(found, client))
    except NotGranted:
        return _error("invalid_grant")


@csrf_exempt
@require_http_methods(["GET", "POST"])
def user_info(request: HttpRequest) -> HttpResponse:
    scheme, _space, raw = request.headers.get("Authorization", "").partition(" ")
    try:
        if scheme.lower() != "bearer":
            raise NotGranted
        return JsonResponse(userinfo(bearer(raw.strip())), json_dumps_params={"ensure_ascii": False})
    except NotGranted:
        response = HttpResponse(status=401)
        response["WWW-Authenticate"] = 'Bearer error="invalid_token"'
        return response


@csrf_exempt
@require_POST
def revocation(request: HttpRequest) -> HttpResponse:
    client = _client_of(request)
    if client is None:
        return _not_a_client()
    revoke(request.POST.get("token", ""), client=client)
    return HttpResponse()


def _answer(found: Tokens, client: Client) -> dict[str, Any]:
    found.grant.client = client
    try:
        signed = id_token(found)
    except NotGranted:
        revoke_family(found.grant.family)
        raise
    return {
        "token_type": "Bearer",  # nosec B105 - the name of a scheme
        "access_token": found.access,
        "expires_in": int(LIVES["access"].total_seconds()),  # type: ignore[index]
        "refresh_token": found.refresh,
        "id_token": signed,
        "scope": found.grant.scope,
    }


def _client_of(request: HttpRequest) -> Client | None:
    """The client that this request proves to be, by one way only; a public one has no secret and its proof is PKCE."""
    scheme, _space, sealed = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            name, _colon, secret = base64.b64decode(sealed, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        name, secret = unquote_plus(name), unquote_plus(secret)
    else:
        name, secret = request.POST.get("client_id", ""), request.POST.get("client_secret", "")
    if "\x00" in name:
        return None
    rows = Client.objects.select_related("service").filter(client_id=name, service__ended_at=None)
    client = rows.filter(service__protocol="oidc").first()
    if client is None:
        return None
    if client.secret_digest is None:
        return None if secret else client
    return client if hmac.compare_digest(bytes(client.secret_digest), digest_of(secret)) else None


def _not_a_client() -> JsonResponse:
    response = _error("invalid_client", 401)
    response["WWW-Authenticate"] = 'Basic realm="Pupitre"'
    return response


def _error(code: str, status: int = 400) -> JsonResponse:
    return JsonResponse({"error": code}, status=status)


def _open_to_all(response: JsonResponse) -> JsonResponse:
    """Public facts: any page may read them."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=300"
    return response
