"""The answers of CAS 2.0 and 3.0, once, then written in XML or in JSON."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from lxml import etree

from pupitre.integrations.cas.failures import Refused
from pupitre.integrations.cas.services.validating import Validated

_CAS = "http://www.yale.edu/tp/cas"


@dataclass(frozen=True, slots=True)
class Body:
    """One answer: the name of its block, its attributes, its elements in order. A list of pairs is a block of its own."""

    name: str
    attributes: dict[str, str]
    elements: list[tuple[str, Any]]
    text: str = ""


def validated(found: Validated) -> Body:
    """A ticket that was honoured. Attributes go with both forms: many services only know `/serviceValidate`."""
    ticket = found.ticket
    attributes = [
        ("authenticationDate", [_instant(ticket.authenticated_at)]),
        # There is no « remember me »: a session of ninety days is one that the person can see and end.
        ("longTermAuthenticationRequestTokenUsed", ["false"]),
        ("isFromNewLogin", ["true" if ticket.is_new_login else "false"]),
        *found.told.attributes,
    ]
    elements: list[tuple[str, Any]] = [("user", found.told.user), ("attributes", attributes)]
    if found.pgt_iou:
        elements.append(("proxyGrantingTicket", found.pgt_iou))
    if ticket.proxies:
        elements.append(("proxies", [("proxy", list(ticket.proxies))]))
    return Body("authenticationSuccess", {}, elements)


def refused(no: Refused, name: str) -> Body:
    """A ticket that is not honoured, and why."""
    return Body(name, {"code": no.code}, [], no.reason)


def proxied(raw: str) -> Body:
    """A proxy ticket."""
    return Body("proxySuccess", {}, [("proxyTicket", raw)])


def to_xml(body: Body) -> bytes:
    """The answer in XML; an attribute of several values repeats its element."""
    root = etree.Element(f"{{{_CAS}}}serviceResponse", nsmap={"cas": _CAS})
    block = etree.SubElement(root, f"{{{_CAS}}}{body.name}", attrib=dict(body.attributes))
    if body.text:
        block.text = body.text
    for name, value in body.elements:
        if isinstance(value, str):
            etree.SubElement(block, f"{{{_CAS}}}{name}").text = value
            continue
        inner = etree.SubElement(block, f"{{{_CAS}}}{name}")
        for each, values in value:
            for one in values:
                etree.SubElement(inner, f"{{{_CAS}}}{each}").text = one
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def to_json(body: Body) -> dict[str, Any]:
    """The answer in JSON; every attribute is a list."""
    facts: dict[str, Any] = {}
    if body.text:
        facts = {**body.attributes, "description": body.text}
    for name, value in body.elements:
        if name == "proxies":
            facts[name] = value[0][1]
        else:
            facts[name] = value if isinstance(value, str) else {each: list(values) for each, values in value}
    return {"serviceResponse": {body.name: facts}}


def _instant(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
