"""Signing: one key in use, the next one published before, the former one until its tokens are dead."""

import datetime as dt
import secrets
from typing import Any

from django.db import transaction
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey

from pupitre.foundation import clock
from pupitre.integrations.imports.sealing import seal, unseal
from pupitre.integrations.oidc.models import SigningKey

KEPT, ROTATED, AHEAD = dt.timedelta(days=120), dt.timedelta(days=90), dt.timedelta(days=1)


def published() -> dict[str, Any]:
    """The public keys, as services read them (JWKS); one statement."""
    return dict(KeySet([_opened(key) for key in _keys()]).as_dict(private=False))


def signed(claims: dict[str, Any], kind: str = "JWT") -> str:
    """A token signed with the key in use: the newest that services have had a day to learn."""
    keys = _keys()
    known = [key for key in keys if key.created_at <= clock.now() - AHEAD] or keys[-1:]
    key = _opened(known[0])
    return jwt.encode({"alg": "RS256", "kid": key.kid, "typ": kind}, claims, key, algorithms=["RS256"])


def audience_of(token: str) -> str:
    """Whom one of our tokens was for, however old it is; « » when it is not ours."""
    try:
        found = jwt.decode(token, KeySet([_opened(key) for key in _keys()]), algorithms=["RS256"])
    except (JoseError, ValueError):
        return ""
    return str(found.claims.get("aud", ""))


def rotate() -> list[str]:
    """Publish the next key in time and withdraw those that sign no more; the work of a night."""
    now = clock.now()
    newest = SigningKey.objects.order_by("-created_at").first()
    if newest is not None and newest.created_at <= now - ROTATED:
        _make()
    SigningKey.objects.filter(created_at__lte=now - KEPT).exclude(pk=newest.pk if newest else 0).delete()
    return []


def _keys() -> list[SigningKey]:
    """The newest first; the first one is made when it is asked for."""
    found = list(SigningKey.objects.order_by("-created_at"))
    return found or [_make()]


@transaction.atomic
def _make() -> SigningKey:
    key = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, private=True)
    sealed = seal(key.as_pem(private=True))
    return SigningKey.objects.create(kid=secrets.token_hex(8), sealed=sealed, created_at=clock.now())


def _opened(key: SigningKey) -> RSAKey:
    return RSAKey.import_key(unseal(key.sealed), {"use": "sig", "alg": "RS256", "kid": key.kid})
