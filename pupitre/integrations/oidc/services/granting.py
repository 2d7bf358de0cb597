"""Codes and tokens: granted, exchanged once, revoked with everything that came from them."""

import base64
import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet, Subquery

from pupitre.accounts.models import Session
from pupitre.accounts.services.applications import enter_application, see_application, sign_out_applications
from pupitre.foundation import clock
from pupitre.integrations.oidc.models import Client, Grant
from pupitre.integrations.oidc.scopes import LASTING
from pupitre.integrations.oidc.services.clients import digest_of

LIVES = {
    Grant.Kind.CODE: dt.timedelta(seconds=60),
    Grant.Kind.ACCESS: dt.timedelta(minutes=15),
    Grant.Kind.REFRESH: dt.timedelta(hours=8),
}
LASTS = dt.timedelta(days=90)
"""A refresh token that was agreed to last, from its last use on."""


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

    def proves(grant: Grant) -> bool:
        is_theirs = grant.redirect_uri == redirect_uri and hmac.compare_digest(grant.challenge, _challenge(verifier))
        return is_theirs and (LASTING not in grant.scope.split() or _make_lasting(grant))

    return _given(_exchange(raw, Grant.Kind.CODE, client, proves))


def refresh(raw: str, *, client: Client) -> Tokens:
    """New tokens for a refresh token, which serves once; one that comes back revokes the family. Raises NotGranted."""

    def proves(grant: Grant) -> bool:
        if grant.is_lasting:
            see_application(grant.session_key)
        return True

    return _given(_exchange(raw, Grant.Kind.REFRESH, client, proves))


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
    """Nothing that one code gave is good any more, nor the session made for it."""
    _end(Grant.objects.filter(family=family))


def revoke_person(*, service_id: int, person_id: int, establishment_id: int) -> None:
    """Nothing that somebody gave a service through a school is good any more."""
    _end(Grant.objects.filter(client__service=service_id, person=person_id, establishment=establishment_id))


def revoke_lasting(*, service_id: int, person_id: int, establishment_id: int) -> None:
    """Nothing that was to outlive the session of the browser is good any more, codes that wait included."""
    rows = Grant.objects.filter(client__service=service_id, person=person_id, establishment=establishment_id)
    _end(rows.filter(scope__contains=LASTING))


def revoke_service(service_id: int) -> None:
    """Nothing that a service was given is good any more."""
    _end(Grant.objects.filter(client__service=service_id))


def _end(rows: QuerySet[Grant]) -> None:
    lasting = set(rows.filter(is_lasting=True).values_list("session_key", flat=True))
    rows.delete()
    if lasting:
        sign_out_applications(lasting)


def _given(tokens: Tokens | None) -> Tokens:
    if tokens is None:
        raise NotGranted
    return tokens


@transaction.atomic
def _exchange(raw: str, kind: str, client: Client, proves: Callable[[Grant], bool]) -> Tokens | None:
    """Tokens for a code or a token, which is spent whatever comes of it.

    In one transaction: of two that come together, the second finds what the first one gave, and revokes it.
    """
    grant = _use(raw, kind, client)
    return _tokens(grant) if grant is not None and proves(grant) else None


def _use(raw: str, kind: str, client: Client) -> Grant | None:
    now, mine = clock.now(), Grant.objects.filter(digest=digest_of(raw), kind=kind, client=client)
    used = mine.filter(used_at=None).update(used_at=now)
    grant: Grant | None = mine.first()
    if grant is None:
        return None
    if not used:
        # Somebody has it who should not.
        revoke_family(grant.family)
        return None
    return grant if grant.expires_at > now and _is_signed_in(grant) else None


def _make_lasting(code: Grant) -> bool:
    """What this code gives hangs from a session of its own: a line of « Mes appareils », which ends as any device does."""
    user_id = code.person.user_id
    if user_id is None:
        return False
    code.session_key, code.is_lasting = enter_application(user_id, name=code.client.service.name), True
    code.save(update_fields=["session_key", "is_lasting"])
    return True


def _is_signed_in(grant: Grant) -> bool:
    return Session.objects.filter(session_key=grant.session_key, expire_date__gt=clock.now()).exists()


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
            is_lasting=parent.is_lasting,
            authenticated_at=parent.authenticated_at,
            expires_at=now + (LASTS if parent.is_lasting and kind == Grant.Kind.REFRESH else LIVES[kind]),
        )
        for kind, raw in raws.items()
    )
    return Tokens(parent, raws[Grant.Kind.ACCESS], raws[Grant.Kind.REFRESH])


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
