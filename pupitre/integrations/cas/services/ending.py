"""Single logout: services are told that a session has ended, by a job; nobody waits for them."""

import secrets
from typing import Any

from lxml import etree

from pupitre.foundation import clock
from pupitre.foundation.jobs import enqueue
from pupitre.integrations.cas.models import Ticket
from pupitre.integrations.imports.sealing import unseal
from pupitre.integrations.services.addresses import WrongAddress, parse_address
from pupitre.integrations.services.outside import Unreachable, call

JOB = "cas.single_logout"
_SECONDS = 5
_PROTOCOL, _ASSERTION = "urn:oasis:names:tc:SAML:2.0:protocol", "urn:oasis:names:tc:SAML:2.0:assertion"


def end_tickets(session_key: str) -> None:
    """Have the services that a session opened told that it has ended; the tickets that hang from it die at once."""
    held = list(Ticket.objects.filter(session_key=session_key).values_list("pk", "kind", "used_at"))
    if not held:
        return
    to_tell = [pk for pk, kind, used_at in held if kind == Ticket.Kind.SERVICE and used_at]
    Ticket.objects.filter(pk__in=[pk for pk, _kind, _used in held if pk not in to_tell]).delete()
    if to_tell:
        enqueue(JOB, ticket_ids=to_tell)


def tell_ended(ticket_ids: list[int]) -> None:
    """Tell each service once, in a few seconds, whatever it answers; best effort, as the protocol says."""
    for ticket in Ticket.objects.filter(pk__in=ticket_ids):
        Ticket.objects.filter(pk=ticket.pk).delete()
        try:
            fields = {"logoutRequest": logout_request(unseal(ticket.sealed or b"").decode())}
            call(parse_address(ticket.address), method="POST", fields=fields, seconds=_SECONDS)
        except (Unreachable, WrongAddress):
            continue


def logout_request(raw: str) -> str:
    """The message of CAS 3.0 (appendix C), which names the ticket that opened the session of the service."""
    names = {"samlp": _PROTOCOL, "saml": _ASSERTION}
    facts: dict[str, Any] = {"ID": f"LR-{secrets.token_hex(16)}", "Version": "2.0"}
    root = etree.Element(f"{{{_PROTOCOL}}}LogoutRequest", nsmap=names, attrib=facts)
    root.set("IssueInstant", f"{clock.now():%Y-%m-%dT%H:%M:%SZ}")
    etree.SubElement(root, f"{{{_ASSERTION}}}NameID").text = "@NOT_USED@"
    etree.SubElement(root, f"{{{_PROTOCOL}}}SessionIndex").text = raw
    return etree.tostring(root, encoding="unicode")
