"""Validating a ticket: one attempt burns it, whatever comes out."""

import logging
import secrets
from dataclasses import dataclass

from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.cas.failures import Refused
from pupitre.integrations.cas.models import Ticket
from pupitre.integrations.cas.services.granting import digest_of, grant_from
from pupitre.integrations.services.addresses import WrongAddress, parse_address, with_parameter
from pupitre.integrations.services.models import Connector
from pupitre.integrations.services.outside import Unreachable, call
from pupitre.integrations.services.releases import Told, Unnameable
from pupitre.integrations.services.services.outcomes import NotHere, disclose, failed

_CALLBACK_SECONDS = 5
_BURN = """
update cas_ticket t set used_at = %(now)s where t.digest = %(digest)s and t.used_at is null and t.kind <> 'PGT'
returning t.*, exists(
  select 1 from accounts_session s where s.session_key = t.session_key and s.expire_date > %(now)s) as is_signed_in
"""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Validated:
    """A ticket that was honoured: who it is, as the service may know them. `pgt_iou` when it may act for them."""

    told: Told
    ticket: Ticket
    pgt_iou: str = ""


def validate(
    *, address: str, raw: str, renew: bool = False, takes_proxies: bool = False, pgt_url: str = ""
) -> Validated:
    """What a service is told of whoever came with this ticket. Raises Refused; six statements.

    Source: CAS protocol 3.0, §2.5 to 2.7.
    """
    if not address or not raw:
        raise Refused("INVALID_REQUEST")
    ticket = _burn(raw)
    if raw.startswith("PT-") and not takes_proxies:
        raise Refused("INVALID_TICKET_SPEC")
    if ticket is None:
        raise Refused("INVALID_TICKET")
    try:
        _check(ticket, address, renew)
        pgt_iou = _give_granting_ticket(ticket, pgt_url) if pgt_url else ""
        return Validated(_tell(ticket), ticket, pgt_iou)
    except Refused as no:
        _note(ticket, no)
        raise


def _burn(raw: str) -> Ticket | None:
    """The ticket, used from now on, in one statement: of two that come together, one finds it."""
    asked = {"digest": digest_of(raw), "now": clock.now()}
    found: Ticket | None = next(iter(Ticket.objects.raw(_BURN, asked)), None)
    if found is None:
        known = Ticket.objects.filter(digest=asked["digest"]).exclude(kind=Ticket.Kind.GRANTING).first()
        if known is not None:
            _note(known, Refused("INVALID_TICKET"))
    return found


def _check(ticket: Ticket, address: str, renew: bool) -> None:
    if ticket.expires_at <= clock.now() or not ticket.is_signed_in:  # type: ignore[attr-defined]
        raise Refused("INVALID_TICKET")
    if ticket.address != address:
        raise Refused("INVALID_SERVICE")
    if renew and not ticket.is_new_login:
        raise Refused("INVALID_TICKET")


def _tell(ticket: Ticket) -> Told:
    with scope(ticket.establishment_id):
        rows = Connector.objects.filter(service=ticket.service_id, is_on=True, service__ended_at=None)
        connector = rows.select_related("service").first()
        if connector is None:
            raise Refused("INVALID_TICKET")
        try:
            told = disclose(connector, person_id=ticket.person_id)
        except NotHere:
            raise Refused("INVALID_TICKET") from None
        except Unnameable:
            raise Refused("INTERNAL_ERROR") from None
    return told


def _give_granting_ticket(ticket: Ticket, pgt_url: str) -> str:
    """Send a proxy-granting ticket to the registered callback; the number that the answer will name it by.

    Nothing is sent to another address than the registered one, which is checked like every address that we call.
    """
    if not ticket.service.proxy_callback:
        raise Refused("UNAUTHORIZED_SERVICE_PROXY")
    try:
        asked, known = parse_address(pgt_url), parse_address(ticket.service.proxy_callback)
    except WrongAddress:
        raise Refused("INVALID_PROXY_CALLBACK") from None
    if (asked.origin, asked.path) != (known.origin, known.path):
        raise Refused("INVALID_PROXY_CALLBACK")
    iou = f"PGTIOU-{secrets.token_hex(32)}"
    raw = grant_from(ticket, Ticket.Kind.GRANTING, address=pgt_url, proxies=[pgt_url, *ticket.proxies])
    try:
        target = parse_address(with_parameter(with_parameter(pgt_url, "pgtIou", iou), "pgtId", raw))
        answered = call(target, seconds=_CALLBACK_SECONDS).status == 200
    except (Unreachable, WrongAddress):
        answered = False
    if not answered:
        Ticket.objects.filter(digest=digest_of(raw)).delete()
        raise Refused("INVALID_PROXY_CALLBACK")
    return iou


_NOTED = {
    "INVALID_TICKET": "invalid_ticket",
    "INVALID_SERVICE": "invalid_service",
    "INTERNAL_ERROR": "unnameable",
    "UNAUTHORIZED_SERVICE_PROXY": "proxy_callback",
    "INVALID_PROXY_CALLBACK": "proxy_callback",
}


def _note(ticket: Ticket, no: Refused) -> None:
    """The console of the school says what went wrong, the journal of the server where to look."""
    _log.warning("CAS: service %s, ticket %s: %s", ticket.service_id, ticket.pk, no.code)
    with scope(ticket.establishment_id):
        for pk in Connector.objects.filter(service=ticket.service_id).values_list("pk", flat=True):
            failed(pk, _NOTED[no.code])
