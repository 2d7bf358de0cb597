"""Proxy tickets: a service that was allowed to acts for a person at another one."""

from django.conf import settings
from django.db.models import Subquery

from pupitre.accounts.models import Session
from pupitre.directory.identity import Identity
from pupitre.foundation import clock
from pupitre.integrations.cas.failures import Refused
from pupitre.integrations.cas.models import Ticket
from pupitre.integrations.cas.services.granting import LIVES, digest_of, draw, grant_from
from pupitre.integrations.services.addresses import WrongAddress, parse_address
from pupitre.integrations.services.models import Service
from pupitre.integrations.services.queries import services_at, still_admitted


def grant_proxy_ticket(*, raw: str, target: str) -> str:
    """A proxy ticket for `target`, from a proxy-granting ticket. Raises Refused.

    The person must be able to enter the target by the same school: acting for them gives no more than they have.
    """
    if not raw or not target:
        raise Refused("INVALID_REQUEST")
    now = clock.now()
    known = Ticket.objects.filter(digest=digest_of(raw), kind=Ticket.Kind.GRANTING, expires_at__gt=now)
    granting = known.select_related("service").first()
    if granting is None:
        raise Refused("INVALID_TICKET")
    # The service that acts must still be open to the person, as much as the one that it acts at.
    if still_admitted(granting.session_key, granting.establishment_id, [granting.service]) is None:
        raise Refused("INVALID_TICKET")
    service = _open_there(granting, target)
    return grant_from(granting, Ticket.Kind.PROXY, address=target, proxies=granting.proxies, service_id=service.pk)


def grant_own_proxy_ticket(*, identity: Identity, establishment_id: int, service: Service, address: str) -> str:
    """A proxy ticket with which this house itself acts for somebody who is signed in, at a service; one statement.

    The service sees in `proxies` that it is this house. Whether they may use the service is settled by the caller.
    """
    now, raw = clock.now(), draw(Ticket.Kind.PROXY)
    Ticket.objects.create(
        kind=Ticket.Kind.PROXY,
        digest=digest_of(raw),
        service=service,
        establishment_id=establishment_id,
        person_id=identity.person,
        session_key=identity.session,
        address=address,
        proxies=[f"{settings.SITE_URL}/cas/proxy"],
        authenticated_at=Subquery(Session.objects.filter(session_key=identity.session).values("created_at")),
        issued_at=now,
        expires_at=now + LIVES[Ticket.Kind.PROXY],
    )
    return raw


def _open_there(granting: Ticket, target: str) -> Service:
    try:
        services = services_at(parse_address(target), protocol=Service.Protocol.CAS)
    except WrongAddress:
        raise Refused("UNAUTHORIZED_SERVICE") from None
    opened = still_admitted(granting.session_key, granting.establishment_id, services)
    if opened is None:
        raise Refused("UNAUTHORIZED_SERVICE")
    service: Service = opened.service
    return service
