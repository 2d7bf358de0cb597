"""What tokens say of a person, by the registry of services."""

import base64
import hashlib
from typing import Any

from django.conf import settings

from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.oidc.models import Grant
from pupitre.integrations.oidc.services.granting import NotGranted, Tokens
from pupitre.integrations.oidc.services.keys import signed
from pupitre.integrations.services.attributes import MANY
from pupitre.integrations.services.queries import still_admitted
from pupitre.integrations.services.releases import Told, Unnameable
from pupitre.integrations.services.services.outcomes import NotHere, disclose

ID_TOKEN_SECONDS = 300


def issuer() -> str:
    """Who signs: the address of this site."""
    return settings.SITE_URL.rstrip("/")


def id_token(tokens: Tokens) -> str:
    """Who signed in, when and how. Facts about the person are asked at `userinfo`. Raises NotGranted."""
    grant, now = tokens.grant, int(clock.now().timestamp())
    subject = _told(grant).user
    Grant.objects.filter(family=grant.family).update(subject=subject)
    claims: dict[str, Any] = {
        "iss": issuer(),
        "sub": subject,
        "aud": grant.client.client_id,
        "iat": now,
        "exp": now + ID_TOKEN_SECONDS,
        "auth_time": int(grant.authenticated_at.timestamp()),
        "acr": "1",
        "sid": grant.family,
        "at_hash": _half_hash(tokens.access),
    }
    if grant.nonce:
        claims["nonce"] = grant.nonce
    return signed(claims)


def userinfo(grant: Grant) -> dict[str, Any]:
    """The facts that the service may have, within the scope that was asked. Raises NotGranted."""
    told = _told(grant)
    sources = dict(grant.client.service.attributes)
    asked = grant.scope.split()
    claims: dict[str, Any] = {"sub": told.user}
    for name, values in told.attributes:
        if ("email" if name == "email" else "profile") in asked:
            claims[name] = values if sources[name] in MANY else values[0]
    return claims


def _told(grant: Grant) -> Told:
    connector = still_admitted(grant.session_key, grant.establishment_id, [grant.client.service])
    if connector is None:
        raise NotGranted
    with scope(grant.establishment_id):
        try:
            return disclose(connector, person_id=grant.person_id)
        except (NotHere, Unnameable):
            raise NotGranted from None


def _half_hash(token: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()[:16]).rstrip(b"=").decode()
