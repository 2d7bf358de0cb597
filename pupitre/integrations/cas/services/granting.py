"""Granting tickets: random, short-lived, kept as a hash, bound to one address and one session."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence

from django.db.models import Subquery

from pupitre.accounts.models import Session
from pupitre.foundation import clock
from pupitre.integrations.cas.models import Ticket
from pupitre.integrations.imports.sealing import seal

LIVES = {
    Ticket.Kind.SERVICE: dt.timedelta(seconds=60),
    Ticket.Kind.PROXY: dt.timedelta(seconds=60),
    Ticket.Kind.GRANTING: dt.timedelta(hours=8),
}


def digest_of(raw: str) -> bytes:
    """How a ticket is kept. It has 192 random bits at least: nothing is gained by a slow hash."""
    return hashlib.sha256(raw.encode()).digest()


def grant_service_ticket(
    *,
    person_id: int,
    establishment_id: int,
    service_id: int,
    session_key: str,
    address: str,
    proved_at: dt.datetime | None = None,
) -> str:
    """A service ticket for a person, by one of their schools; one statement.

    `proved_at`: when they have just typed their password for this service; else the ticket says since when they are here.
    """
    now, raw = clock.now(), draw(Ticket.Kind.SERVICE)
    since = Session.objects.filter(session_key=session_key).values("created_at")
    Ticket.objects.create(
        kind=Ticket.Kind.SERVICE,
        digest=digest_of(raw),
        sealed=seal(raw.encode()),
        service_id=service_id,
        establishment_id=establishment_id,
        person_id=person_id,
        session_key=session_key,
        address=address,
        is_new_login=proved_at is not None,
        authenticated_at=proved_at or Subquery(since),
        issued_at=now,
        expires_at=now + LIVES[Ticket.Kind.SERVICE],
    )
    return raw


def grant_from(
    parent: Ticket, kind: Ticket.Kind, *, address: str, proxies: Sequence[str], service_id: int | None = None
) -> str:
    """A ticket that hangs from another one: same person, same school, same session; one statement."""
    now, raw = clock.now(), draw(kind)
    Ticket.objects.create(
        kind=kind,
        digest=digest_of(raw),
        service_id=service_id or parent.service_id,
        establishment_id=parent.establishment_id,
        person_id=parent.person_id,
        session_key=parent.session_key,
        address=address,
        proxies=list(proxies),
        authenticated_at=parent.authenticated_at,
        issued_at=now,
        expires_at=now + LIVES[kind],
    )
    return raw


def draw(kind: Ticket.Kind) -> str:
    """A new ticket: 192 random bits, 256 for one that gives others."""
    return f"{kind.value}-{secrets.token_hex(32 if kind == Ticket.Kind.GRANTING else 24)}"
