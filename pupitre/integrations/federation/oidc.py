"""A provider of OpenID Connect, as its client: discovery, authorization code with PKCE, ID token, user info.

The algorithm is not the token's choice; keys are read again once when a token names an unknown one. Everything is called by
`services/outside.py`: registered addresses, no private network, nothing followed.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from pupitre.accounts.sealing import unseal
from pupitre.foundation import clock
from pupitre.integrations.federation.models import Attempt, Provider
from pupitre.integrations.federation.refusals import Refused
from pupitre.integrations.services.addresses import WrongAddress, parse_address
from pupitre.integrations.services.outside import Unreachable, call

_ALGORITHMS = ["RS256", "PS256", "ES256", "RS384", "RS512"]
_HOUR, _SKEW = 3600, 60
_WELL_KNOWN = "/.well-known/openid-configuration"


def address_to_go(provider: Provider, attempt: Attempt, state: str, back: str) -> str:
    """Where the browser is sent. A proof asks for the credentials again."""
    facts = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": provider.scopes,
        "state": state,
        "nonce": attempt.nonce,
        "code_challenge": _challenge(attempt.verifier),
        "code_challenge_method": "S256",
    }
    if attempt.purpose == Attempt.Purpose.PROVE:
        facts |= {"prompt": "login", "max_age": "0"}
    target = str(_configuration(provider)["authorization_endpoint"])
    return f"{target}{'&' if '?' in target else '?'}{urlencode(facts)}"


def told_by_code(provider: Provider, attempt: Attempt, code: str, back: str) -> tuple[dict[str, Any], str]:
    """The claims of the ID token and of the user info, and the ID token itself. Raises Refused."""
    config = _configuration(provider)
    tokens = _tokens(provider, config, attempt, code, back)
    raw = str(tokens.get("id_token", ""))
    claims = _checked(provider, config, raw, attempt)
    if "userinfo_endpoint" in config and tokens.get("access_token"):
        more = _user_info(provider, config, str(tokens["access_token"]))
        if more.get("sub") != claims["sub"]:
            raise Refused("untrusted")
        claims = {**more, **claims}
    return claims, raw


def address_to_leave(provider: Provider, id_token: str, back: str) -> str:
    """Where signing out goes on; « » when the provider has no such page, or cannot be reached."""
    try:
        end = _configuration(provider).get("end_session_endpoint")
    except Refused:
        return ""
    if not end:
        return ""
    facts = {"client_id": provider.client_id, "post_logout_redirect_uri": back}
    if id_token:
        facts["id_token_hint"] = id_token
    return f"{end}{'&' if '?' in end else '?'}{urlencode(facts)}"


def look_again(provider: Provider) -> None:
    """Read what the provider publishes, and its keys, whatever is kept of it. Raises Refused."""
    cache.delete(_place_of_configuration(provider))
    _keys(provider, _configuration(provider), again=True)


def _place_of_configuration(provider: Provider) -> str:
    return f"federation:config:{provider.pk}:{hashlib.sha256(provider.issuer.encode()).hexdigest()[:16]}"


def _configuration(provider: Provider) -> dict[str, Any]:
    place = _place_of_configuration(provider)
    kept: dict[str, Any] | None = cache.get(place)
    if kept is not None:
        return kept
    read = _json(provider.issuer.rstrip("/") + _WELL_KNOWN)
    if read.get("issuer") != provider.issuer or not all(
        isinstance(read.get(name), str) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
    ):
        raise Refused("untrusted")
    cache.set(place, read, _HOUR)
    return read


def _tokens(provider: Provider, config: dict[str, Any], attempt: Attempt, code: str, back: str) -> dict[str, Any]:
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": attempt.verifier,
        "client_id": provider.client_id,
    }
    secret = unseal(provider.secret).decode() if provider.secret else ""
    headers: dict[str, str] = {}
    if secret and "client_secret_post" in config.get("token_endpoint_auth_methods_supported", ["client_secret_basic"]):
        fields["client_secret"] = secret
    elif secret:
        pair = base64.b64encode(f"{provider.client_id}:{secret}".encode()).decode()
        headers["Authorization"] = f"Basic {pair}"
    return _json(config["token_endpoint"], fields=fields, headers=headers)


def _checked(provider: Provider, config: dict[str, Any], raw: str, attempt: Attempt) -> dict[str, Any]:
    claims = _verified(provider, config, raw)
    now = int(clock.in_world(clock.now()).timestamp())
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    expires, issued = claims.get("exp"), claims.get("iat")
    is_ours = (
        claims.get("iss") == provider.issuer
        and provider.client_id in audiences
        and (len(audiences) == 1 or claims.get("azp") == provider.client_id)
        and claims.get("azp", provider.client_id) == provider.client_id
        and claims.get("nonce") == attempt.nonce
        and isinstance(claims.get("sub"), str)
    )
    if not is_ours or not isinstance(expires, int | float) or not isinstance(issued, int | float):
        raise Refused("untrusted")
    if expires + _SKEW <= now or issued - _SKEW > now:
        raise Refused("expired")
    if attempt.purpose == Attempt.Purpose.PROVE:
        began = int(clock.in_world(attempt.created_at).timestamp())
        if not isinstance(claims.get("auth_time"), int) or claims["auth_time"] + _SKEW < began:
            raise Refused("expired")
    return claims


def _verified(provider: Provider, config: dict[str, Any], raw: str) -> dict[str, Any]:
    for again in (False, True):
        keys = _keys(provider, config, again=again)
        try:
            return dict(jwt.decode(raw, keys, algorithms=_ALGORITHMS).claims)
        except (JoseError, ValueError, KeyError, TypeError):
            # A key that we do not know yet: it may have turned. Anything else fails again, on fresh keys.
            continue
    raise Refused("untrusted")


def _keys(provider: Provider, config: dict[str, Any], *, again: bool) -> KeySet:
    place = f"federation:keys:{provider.pk}:{hashlib.sha256(config['jwks_uri'].encode()).hexdigest()[:16]}"
    kept = None if again else cache.get(place)
    if kept is None:
        kept = _json(config["jwks_uri"])
        cache.set(place, kept, _HOUR)
    # Shared secrets do not sign here, whatever the file says.
    public = [key for key in kept.get("keys", []) if isinstance(key, dict) and key.get("kty") in ("RSA", "EC")]
    try:
        return KeySet.import_key_set({"keys": public})
    except (JoseError, ValueError, KeyError, TypeError):
        raise Refused("untrusted") from None


def _user_info(provider: Provider, config: dict[str, Any], token: str) -> dict[str, Any]:
    return _json(config["userinfo_endpoint"], headers={"Authorization": f"Bearer {token}"})


def _json(
    url: str, *, fields: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What a provider answers, read as an object. Raises Refused."""
    try:
        answer = call(
            parse_address(url),
            method="POST" if fields is not None else "GET",
            fields=fields,
            headers={"Accept": "application/json", **(headers or {})},
        )
        read = json.loads(answer.body)
    except (Unreachable, WrongAddress):
        raise Refused("unreachable") from None
    except ValueError:
        raise Refused("untrusted") from None
    if answer.status != 200 or not isinstance(read, dict):
        raise Refused("untrusted")
    return read


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
