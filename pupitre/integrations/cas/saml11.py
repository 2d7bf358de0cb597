"""SAML 1.1 as old CAS clients speak it: a ticket asked about in a SOAP envelope, and the assertion that answers.

Source: CAS protocol 3.0, §2.8 and appendix C; OASIS SAML 1.1 core. The assertion is not signed: like every CAS client, the one
that asks trusts the address it calls.
"""

import datetime as dt
import re
import secrets

from lxml import etree

from pupitre.foundation import clock
from pupitre.foundation.small_xml import UnreadableXml, parsed
from pupitre.integrations.cas.failures import Refused
from pupitre.integrations.cas.services.validating import Validated

LARGEST, _ELEMENTS = 16 * 1024, 500
_SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_PROTOCOL = "urn:oasis:names:tc:SAML:1.0:protocol"
_ASSERTION = "urn:oasis:names:tc:SAML:1.0:assertion"
_ARTIFACT = "urn:oasis:names:tc:SAML:1.0:cm:artifact"
_METHOD = "urn:oasis:names:tc:SAML:1.0:am:unspecified"
# Where clients look for the names of attributes.
_ATTRIBUTES = "http://www.ja-sig.org/products/cas/"
_LIFE = dt.timedelta(minutes=1)


def ticket_in(body: bytes) -> str:
    """The ticket that an envelope asks about; « » when it asks nothing that can be read."""
    try:
        root = parsed(body, largest=LARGEST, most_elements=_ELEMENTS)
    except UnreadableXml:
        return ""
    artifacts = [(each.text or "").strip() for each in root.iter(f"{{{_PROTOCOL}}}AssertionArtifact")]
    return artifacts[0] if len(artifacts) == 1 else ""


def refusal(no: Refused, address: str) -> bytes:
    """A ticket that is not honoured, and why."""
    envelope, answer = _envelope(address)
    status = etree.SubElement(answer, _in_protocol("Status"))
    etree.SubElement(status, _in_protocol("StatusCode"), Value="samlp:RequestDenied")
    etree.SubElement(status, _in_protocol("StatusMessage")).text = f"{no.code}: {no.reason}"
    return _written(envelope)


def assertion(found: Validated, *, address: str, issuer: str) -> bytes:
    """A ticket that was honoured: who it is, and what the service may know."""
    envelope, answer = _envelope(address)
    status = etree.SubElement(answer, _in_protocol("Status"))
    etree.SubElement(status, _in_protocol("StatusCode"), Value="samlp:Success")
    now = clock.now()
    said = etree.SubElement(
        answer, _in_assertion("Assertion"), nsmap={"saml": _ASSERTION}, AssertionID=_number(), IssueInstant=_instant(now),
        Issuer=issuer, MajorVersion="1", MinorVersion="1",
    )  # fmt: skip
    ends = _instant(now + _LIFE)
    conditions = etree.SubElement(said, _in_assertion("Conditions"), NotBefore=_instant(now), NotOnOrAfter=ends)
    audience = etree.SubElement(conditions, _in_assertion("AudienceRestrictionCondition"))
    etree.SubElement(audience, _in_assertion("Audience")).text = address
    at = _instant(found.ticket.authenticated_at)
    signed_in = etree.SubElement(
        said, _in_assertion("AuthenticationStatement"), AuthenticationInstant=at, AuthenticationMethod=_METHOD
    )
    _subject(signed_in, found)
    if found.told.attributes:
        told = etree.SubElement(said, _in_assertion("AttributeStatement"))
        _subject(told, found)
        for name, values in found.told.attributes:
            _attribute(told, name, values)
    return _written(envelope)


def _envelope(address: str) -> tuple[etree._Element, etree._Element]:
    envelope = etree.Element(f"{{{_SOAP}}}Envelope", nsmap={"SOAP-ENV": _SOAP})
    etree.SubElement(envelope, f"{{{_SOAP}}}Header")
    body = etree.SubElement(envelope, f"{{{_SOAP}}}Body")
    answer = etree.SubElement(
        body, _in_protocol("Response"), nsmap={"samlp": _PROTOCOL}, IssueInstant=_instant(clock.now()),
        MajorVersion="1", MinorVersion="1", Recipient=_plain(address), ResponseID=_number(),
    )  # fmt: skip
    return envelope, answer


def _subject(statement: etree._Element, found: Validated) -> None:
    subject = etree.SubElement(statement, _in_assertion("Subject"))
    etree.SubElement(subject, _in_assertion("NameIdentifier")).text = found.told.user
    confirmed = etree.SubElement(subject, _in_assertion("SubjectConfirmation"))
    etree.SubElement(confirmed, _in_assertion("ConfirmationMethod")).text = _ARTIFACT


def _attribute(told: etree._Element, name: str, values: list[str]) -> None:
    names = {"AttributeName": name, "AttributeNamespace": _ATTRIBUTES}
    attribute = etree.SubElement(told, _in_assertion("Attribute"), names)
    for value in values:
        etree.SubElement(attribute, _in_assertion("AttributeValue")).text = value


def _in_protocol(name: str) -> str:
    return f"{{{_PROTOCOL}}}{name}"


def _in_assertion(name: str) -> str:
    return f"{{{_ASSERTION}}}{name}"


def _number() -> str:
    """An identifier of XML: it begins with a letter or an underscore."""
    return f"_{secrets.token_hex(16)}"


def _instant(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def _plain(address: str) -> str:
    """An address as XML can hold it: whoever asks may write anything."""
    return re.sub(r"[\x00-\x1f\ud800-\udfff\ufffe\uffff]", "", address)


def _written(envelope: etree._Element) -> bytes:
    return etree.tostring(envelope, encoding="utf-8", xml_declaration=True)
