"""What is answered to a client that speaks SAML 1.1, and to whoever sends anything else."""

from typing import Any

import pytest
from django.test import Client
from lxml import etree

from pupitre.integrations.cas.tests.gestures import SERVICE, ticket_of
from pupitre.integrations.services.tests.factories import open_service

PROTOCOL = "{urn:oasis:names:tc:SAML:1.0:protocol}"
ASSERTION = "{urn:oasis:names:tc:SAML:1.0:assertion}"
ENVELOPE = """<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Header/><SOAP-ENV:Body>
<samlp:Request xmlns:samlp="urn:oasis:names:tc:SAML:1.0:protocol" MajorVersion="1" MinorVersion="1" RequestID="_1"
 IssueInstant="2026-11-24T09:20:00Z"><samlp:AssertionArtifact>{}</samlp:AssertionArtifact></samlp:Request>
</SOAP-ENV:Body></SOAP-ENV:Envelope>"""


def answered(body: str, service: str = SERVICE) -> Any:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/cas/samlValidate", body, content_type="text/xml", query_params={"TARGET": service})
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/xml;charset=utf-8")
    return etree.fromstring(answer.content)


def refusal_of(tree: Any) -> str:
    assert tree.find(f".//{PROTOCOL}StatusCode").get("Value") == "samlp:RequestDenied"
    assert tree.find(f".//{ASSERTION}Assertion") is None
    return str(tree.findtext(f".//{PROTOCOL}StatusMessage")).partition(":")[0]


def test_a_ticket_is_honoured_once_for_its_address(cast, ines):
    open_service(cast)
    ticket = ticket_of(ines)
    tree = answered(ENVELOPE.format(ticket))
    assert tree.find(f".//{PROTOCOL}StatusCode").get("Value") == "samlp:Success"
    assert tree.find(f".//{PROTOCOL}Response").get("Recipient") == SERVICE
    said = tree.find(f".//{ASSERTION}Assertion")
    assert (said.get("Issuer"), said.findtext(f".//{ASSERTION}Audience")) == ("http://testserver/cas", SERVICE)
    conditions = said.find(f"{ASSERTION}Conditions")
    assert (conditions.get("NotBefore"), conditions.get("NotOnOrAfter")) == (
        "2026-11-24T09:20:00Z",
        "2026-11-24T09:21:00Z",
    )
    names = {node.get("AttributeName"): node[0].text for node in said.iter(f"{ASSERTION}Attribute")}
    assert names["lastName"] == "BELKACEM"
    assert refusal_of(answered(ENVELOPE.format(ticket))) == "INVALID_TICKET"


def test_a_ticket_of_another_address_is_burnt(cast, ines):
    open_service(cast)
    ticket = ticket_of(ines)
    assert refusal_of(answered(ENVELOPE.format(ticket), f"{SERVICE}&c=1")) == "INVALID_SERVICE"
    assert refusal_of(answered(ENVELOPE.format(ticket))) == "INVALID_TICKET"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<html><body>Bonjour</body></html>",
        ENVELOPE.format("ST-1</samlp:AssertionArtifact><samlp:AssertionArtifact>ST-2"),
        ENVELOPE.format("ST-1")[:-20],
        '<!DOCTYPE x [<!ENTITY a "ST-1">]>' + ENVELOPE.format("&a;"),
        ENVELOPE.format("ST-1") + " " * 20_000,
    ],
    ids=["empty", "html", "two tickets", "cut", "entity", "large"],
)
def test_what_asks_nothing_that_can_be_read_is_refused(cast, ines, body):
    open_service(cast)
    assert refusal_of(answered(body)) == "INVALID_REQUEST"


def test_an_address_that_xml_cannot_hold_is_not_repeated(cast, ines):
    open_service(cast)
    assert refusal_of(answered(ENVELOPE.format("ST-1"), "https://moodle.exemple.example/\x00\x1f")) == "INVALID_TICKET"
