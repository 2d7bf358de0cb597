"""Messages that a tool signs: read with its own keys, for us, fresh, and honoured once."""

import base64
import datetime as dt
import json
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey

from pupitre.foundation import clock
from pupitre.integrations.lti.models import SeenProof, Tool
from pupitre.integrations.lti.refusals import NotProved
from pupitre.integrations.lti.services.tools import digest_of
from pupitre.integrations.services.addresses import parse_address
from pupitre.integrations.services.outside import Unreachable, call

_FRESH, _SOON = dt.timedelta(hours=1), dt.timedelta(minutes=1)
_LONGEST_LIFE, _SKEW = 3600, 60
_ALGORITHM = "RS256"
_PUBLIC = ("kty", "kid", "use", "alg", "n", "e")


def proved(tool: Tool, token: str, *, audience: str, subject: str | None = None) -> dict[str, Any]:
    """The claims of a message signed by a tool. `subject` is what `sub` must be, when it must be something. Raises NotProved.

    RS256 alone, whatever the token says; `iss` is the tool, `aud` is us; alive, for an hour at most. Its `jti`, or its
    `nonce`, is honoured once: ask `spend` when everything else is right.
    """
    claims = _decoded(tool, token)
    now = int(clock.now().timestamp())
    heard = claims.get("aud")
    if claims.get("iss") != tool.client_id or (subject is not None and claims.get("sub") != subject):
        raise NotProved("issuer")
    if audience not in (heard if isinstance(heard, list) else [heard]):
        raise NotProved("audience")
    until, since = claims.get("exp"), claims.get("iat")
    if not isinstance(until, int | float) or not isinstance(since, int | float):
        raise NotProved("undated")
    # Written so that what is no number (NaN) is refused too.
    if not (now - _SKEW < until <= now + _LONGEST_LIFE and since <= now + _SKEW):
        raise NotProved("expired")
    return claims


def claimed_issuer(token: str) -> str:
    """Whom a message says it is from, unread: only to know whose keys to read it with; « » when it says nothing."""
    try:
        body = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    except (ValueError, IndexError, RecursionError):
        return ""
    found = claims.get("iss") if isinstance(claims, dict) else None
    return found if isinstance(found, str) else ""


def spend(tool: Tool, claims: dict[str, Any], name: str) -> None:
    """Honour a message once, by its `jti` or `nonce`; one statement. Raises NotProved when it has none, or was seen."""
    value = claims.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= 500:
        raise NotProved("unnumbered")
    until = dt.datetime.fromtimestamp(claims["exp"], dt.UTC) + dt.timedelta(seconds=2 * _SKEW)
    _row, is_new = SeenProof.objects.get_or_create(
        tool=tool, digest=digest_of(f"{name} {value}"), defaults={"expires_at": until}
    )
    if not is_new:
        raise NotProved("replayed")


def _decoded(tool: Tool, token: str) -> dict[str, Any]:
    """Read with the keys that are known; once more with fresh ones when they do not fit."""
    if len(token) > 200_000:
        raise NotProved("long")
    is_read = True
    if tool.jwks_url and (tool.keys_read_at is None or tool.keys_read_at < clock.now() - _FRESH):
        is_read = _read_keys(tool)
    try:
        return _read(tool, token)
    except NotProved:
        if not is_read:
            raise NotProved("keys") from None
        if not tool.jwks_url or (tool.keys_read_at is not None and tool.keys_read_at > clock.now() - _SOON):
            raise
        if not _read_keys(tool):
            raise NotProved("keys") from None
        return _read(tool, token)


def _read(tool: Tool, token: str) -> dict[str, Any]:
    try:
        found = jwt.decode(token, _keys_of(tool), algorithms=[_ALGORITHM])
    except (JoseError, ValueError, TypeError, KeyError, IndexError, RecursionError):
        raise NotProved("signature") from None
    return dict(found.claims)


def _keys_of(tool: Tool) -> KeySet | RSAKey:
    """Those of its address, by their number; one that was typed has none, and is the only one."""
    held = (tool.keys or {}).get("keys", [])
    return KeySet.import_key_set({"keys": held}) if tool.jwks_url else RSAKey.import_key(held[0])


def _read_keys(tool: Tool) -> bool:
    """Read the keys of a tool at its own address; the former ones stay when it does not answer, which is told."""
    tool.keys_read_at = clock.now()
    try:
        answer = call(parse_address(tool.jwks_url), seconds=4)
        read = json.loads(answer.body) if answer.status == 200 else None
    except (Unreachable, ValueError, RecursionError):
        read = None
    is_read = isinstance(read, dict) and isinstance(read.get("keys"), list)
    if isinstance(read, dict) and is_read:
        found = [each for each in read["keys"] if isinstance(each, dict) and each.get("kty") == "RSA"][:20]
        # Public parts alone: a tool that shows its private keys is read as if it did not.
        tool.keys = {"keys": [{name: each[name] for name in _PUBLIC if name in each} for each in found]}
    # Unless its address was changed meanwhile: these would be the keys of another.
    Tool.objects.filter(pk=tool.pk, jwks_url=tool.jwks_url).update(keys=tool.keys, keys_read_at=tool.keys_read_at)
    return is_read
