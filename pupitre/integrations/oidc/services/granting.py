"""Codes and tokens: granted, exchanged once, revoked with everything that came from them."""

import base64
import datetime as dt
import hashlib
import hmac
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Subquery

from pupitre.accounts.models import Session
from pupitre.foundation import clock
from pupitre.integrations.oidc.models import Client, Grant
from pupitre.integrations.oidc.services.clients import digest_of

LIVES = {
    Grant.Kind.CODE: dt.timedelta(seconds=60),
    Grant.Kind.ACCESS: dt.timedelta(minutes=15),
    Grant.Kind.REFRESH: dt.timedelta(hours=8),
}


class NotGranted(ValueError):
    """A code or a token that is unknown, used, too old, somebody else's, or whose proof is wrong."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What one exchange gives."""

    grant: Grant
    access: str
    refresh: str


def grant_code(
    *,
    client: Client,
    person_id: int,
    establishment_id: int,
    session_key: str,
    scope: str,
    redirect_uri: str,
    nonce: str,
    challenge: str,
    proved_at: dt.datetime | None,
) -> str:
    """A code for one redirection, one minute, one exchange; one statement."""
    raw = secrets.token_urlsafe(32)
    since = Session.objects.filter(session_key=session_key).values("created_at")
    Grant.objects.create(
        kind=Grant.Kind.CODE,
        digest=digest_of(raw),
        family=secrets.token_hex(16),
        client=client,
        establishment_id=establishment_id,
        person_id=person_id,
        session_key=session_key,
        scope=scope,
        redirect_uri=redirect_uri,
        nonce=nonce,
        challenge=challenge,
        authenticated_at=proved_at or Subquery(since),
        expires_at=clock.now() + LIVES[Grant.Kind.CODE],
    )
    return raw


def exchange_code(raw: str, *, client: Client, redirect_uri: str, verifier: str) -> Tokens:
    """Tokens for a code. One that comes back revokes all that it gave. Raises NotGranted."""
    grant = _use(raw, Grant.Kind.CODE, client)
    if grant.redirect_uri != redirect_uri or not hmac.compare_digest(grant.challenge, _challenge(verifier)):
        raise NotGranted
    return _tokens(grant)


def refresh(raw: str, *, client: Client) -> Tokens:
    """New tokens for a refresh token, which serves once; one that comes back revokes the family. Raises NotGranted."""
    return _tokens(_use(raw, Grant.Kind.REFRESH, client))


def bearer(raw: str) -> Grant:
    """The access token, while it and its session live. Raises NotGranted."""
    found = Grant.objects.filter(digest=digest_of(raw), kind=Grant.Kind.ACCESS, expires_at__gt=clock.now())
    grant = found.select_related("client__service").first()
    if grant is None or not _is_signed_in(grant):
        raise NotGranted
    return grant


def revoke(raw: str, *, client: Client) -> None:
    """Revoke a token and everything of its family; nothing when it is unknown, as RFC 7009 says."""
    family = Grant.objects.filter(digest=digest_of(raw), client=client).values_list("family", flat=True).first()
    if family:
        revoke_family(family)


def revoke_family(family: str) -> None:
    """Nothing that one code gave is good any more."""
    Grant.objects.filter(family=family).delete()


def _use(raw: str, kind: str, client: Client) -> Grant:
    now, mine = clock.now(), Grant.objects.filter(digest=digest_of(raw), kind=kind, client=client)
    used = mine.filter(used_at=None).update(used_at=now)
    grant = mine.first()
    if grant is None:
        raise NotGranted
    if not used:
        # Somebody has it who should not.
        revoke_family(grant.family)
        raise NotGranted
    if grant.expires_at <= now or not _is_signed_in(grant):
        raise NotGranted
    return grant


def _is_signed_in(grant: Grant) -> bool:
    return Session.objects.filter(session_key=grant.session_key, expire_date__gt=clock.now()).exists()


@transaction.atomic
def _tokens(parent: Grant) -> Tokens:
    raws = {kind: secrets.token_urlsafe(32) for kind in (Grant.Kind.ACCESS, Grant.Kind.REFRESH)}
    now = clock.now()
    Grant.objects.bulk_create(
        Grant(
            kind=kind,
            digest=digest_of(raw),
            family=parent.family,
            client_id=parent.client_id,
            establishment_id=parent.establishment_id,
            person_id=parent.person_id,
            session_key=parent.session_key,
            subject=parent.subject,
            scope=parent.scope,
            authenticated_at=parent.authenticated_at,
            expires_at=now + LIVES[kind],
        )
        for kind, raw in raws.items()
    )
    return Tokens(parent, raws[Grant.Kind.ACCESS], raws[Grant.Kind.REFRESH])


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
