"""A provider of SAML 2.0, as its service provider: signed requests, signed and encrypted answers.

Signatures and encryption are read by python3-saml (xmlsec). What is asked of them is here, some of it again and more exactly than
the library does: one assertion, signed by a registered certificate that is not out of date, for us, at this address, in answer to
the request of this browser.
"""

import base64
import binascii
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml import etree
from onelogin.saml2.auth import OneLogin_Saml2_Auth
from onelogin.saml2.constants import OneLogin_Saml2_Constants
from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError
from onelogin.saml2.logout_request import OneLogin_Saml2_Logout_Request
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings
from onelogin.saml2.xml_utils import OneLogin_Saml2_XML
from xmlsec import Error as CryptoError

from pupitre.accounts.sealing import unseal
from pupitre.foundation import clock
from pupitre.integrations.federation.certificates import pieces
from pupitre.integrations.federation.models import Attempt, Provider
from pupitre.integrations.federation.refusals import Refused

_LARGEST = 300_000
# Deflated, in an address.
_LONGEST_REQUEST = 8_000
_SAML = "urn:oasis:names:tc:SAML:2.0"
_LASTING = {f"{_SAML}:nameid-format:persistent"}
_POST, _REDIRECT = f"{_SAML}:bindings:HTTP-POST", f"{_SAML}:bindings:HTTP-Redirect"
_RSA, _SHA = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2001/04/xmlenc#sha256"
# Seconds that two clocks may differ by; the library forgives five minutes.
OneLogin_Saml2_Constants.ALLOWED_CLOCK_DRIFT = 120
_Wrong = OneLogin_Saml2_ValidationError
_WHY = {
    _Wrong.STATUS_CODE_IS_NOT_SUCCESS: "cancelled",
    _Wrong.ASSERTION_EXPIRED: "expired",
    _Wrong.ASSERTION_TOO_EARLY: "expired",
    _Wrong.SESSION_EXPIRED: "expired",
    _Wrong.RESPONSE_EXPIRED: "expired",
    _Wrong.WRONG_INRESPONSETO: "expired",
    _Wrong.WRONG_SUBJECTCONFIRMATION: "expired",
}


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a good answer says. `lasting`: the name of the person there, when it lasts from one sign-in to the next."""

    number: str
    until: dt.datetime
    lasting: str
    attributes: dict[str, list[str]]
    facts: dict[str, str]


def address_to_go(provider: Provider, attempt: Attempt, state: str, back: str, entity: str) -> str:
    """Where the browser is sent, with a signed request. Its number is kept in the attempt, and asked of the answer."""
    client = OneLogin_Saml2_Auth(_request(back), _settings(provider, back, entity))
    proves = attempt.purpose == Attempt.Purpose.PROVE
    target: str = client.login(return_to=state, force_authn=proves, set_nameid_policy=False)
    attempt.nonce = str(client.get_last_request_id())
    attempt.save(update_fields=["nonce"])
    return target


def address_to_leave(provider: Provider, facts: dict[str, str], back: str, entity: str) -> str:
    """Where signing out goes on, with a signed request; « » when the provider has no such page or no certificate any more."""
    if not provider.sign_out_url:
        return ""
    try:
        client = OneLogin_Saml2_Auth(_request(back), _settings(provider, back, entity))
    except Refused:
        return ""
    target: str = client.logout(
        name_id=facts.get("name_id") or None,
        session_index=facts.get("session") or None,
        name_id_format=facts.get("format") or None,
        nq=facts.get("qualifier") or None,
    )
    return target


def leaving_address(entity: str) -> str:
    """Where the provider sends browsers that leave: back from a sign-out of ours, or with a request of its own."""
    return f"{entity.rsplit('/', 2)[0]}/sortie/"


@dataclass(frozen=True, slots=True)
class Leaving:
    """A sign-out that the provider asks for: who leaves, and where the browser goes with our signed answer."""

    number: str
    name_id: str
    answer: str


def read_leaving(provider: Provider, query: Mapping[str, str], back: str, entity: str) -> Leaving:
    """A request to sign somebody out, by redirection, once its signature and all the rest were checked. Raises Refused.

    SAML 2.0 profiles, §4.4: what is not signed is not believed, or a picture in a page would sign people out.
    """
    raw = query.get("SAMLRequest", "")
    if not query.get("Signature") or not provider.sign_out_url or len(raw) > _LONGEST_REQUEST:
        raise Refused("untrusted")
    asked = _request(leaving_address(entity)) | {"get_data": dict(query.items())}
    client = OneLogin_Saml2_Auth(asked, _settings(provider, back, entity))
    answer: str = _guarded(lambda: client.process_slo(keep_local_session=True)) or ""
    read = _guarded(lambda: OneLogin_Saml2_XML.to_etree(client.get_last_request_xml()))
    exact = read.get("Destination") == leaving_address(entity) and read.get("NotOnOrAfter")
    issuer = read.findtext(f"{{{_SAML}:assertion}}Issuer", "")
    if client.get_errors() or not answer or not exact or issuer.strip() != provider.issuer:
        raise Refused("untrusted")
    key = unseal(provider.secret).decode()
    name = _guarded(lambda: OneLogin_Saml2_Logout_Request.get_nameid(client.get_last_request_xml(), key))
    return Leaving(client.get_last_message_id() or "", name, answer)


def metadata_of(provider: Provider, back: str, entity: str) -> bytes:
    """What the provider must know of us (XML)."""
    data: str | bytes = _settings(provider, back, entity, checked=False).get_sp_metadata()
    return data.encode() if isinstance(data, str) else data


def read_answer(provider: Provider, attempt: Attempt, raw: str, back: str, entity: str) -> Assertion:
    """The assertion of an answer, once everything was checked. Raises Refused."""
    settings = _settings(provider, back, entity)
    answer = _guarded(lambda: OneLogin_Saml2_Response(settings, _plain(raw)))
    _guarded(lambda: answer.is_valid(_request(back), request_id=attempt.nonce, raise_exceptions=True))
    read = answer.get_xml_document()
    _check_exactly(read, answer, attempt, back, entity)
    if attempt.purpose == Attempt.Purpose.PROVE:
        _check_fresh(read, attempt)
    data: dict[str, str | None] = _guarded(answer.get_nameid_data) or {}
    name, form = data.get("Value") or "", data.get("Format") or ""
    friendly: dict[str, list[str]] = answer.get_friendlyname_attributes()
    attributes: dict[str, list[str]] = {**friendly, **answer.get_attributes()}
    until = dt.datetime.fromtimestamp(answer.get_assertion_not_on_or_after() or 0, dt.UTC) + dt.timedelta(days=1)
    facts = {
        "name_id": name,
        "format": form,
        "qualifier": data.get("NameQualifier") or "",
        "session": answer.get_session_index() or "",
    }
    return Assertion(answer.get_assertion_id(), until, name if form in _LASTING else "", attributes, facts)


def _check_exactly(read: Any, answer: Any, attempt: Attempt, back: str, entity: str) -> None:
    """What the library lets pass when it is missing, or when an address only begins like ours."""
    confirmed = [
        data
        for data in read.iter(f"{{{_SAML}:assertion}}SubjectConfirmationData")
        if data.get("Recipient") == back and data.get("InResponseTo") == attempt.nonce and data.get("NotOnOrAfter")
    ]
    is_ours = (
        len(list(read.iter(f"{{{_SAML}:assertion}}Assertion"))) == 1
        and answer.get_in_response_to() == attempt.nonce
        and read.get("Destination") == back
        and entity in answer.get_audiences()
        and bool(confirmed)
    )
    if not is_ours:
        raise Refused("untrusted")


def _check_fresh(read: Any, attempt: Attempt) -> None:
    """That the person was asked again: what the provider remembers from before proves nothing."""
    began = clock.in_world(attempt.created_at) - dt.timedelta(minutes=1)
    for statement in read.iter(f"{{{_SAML}:assertion}}AuthnStatement"):
        try:
            at = dt.datetime.fromisoformat(statement.get("AuthnInstant", "").replace("Z", "+00:00"))
        except ValueError:
            raise Refused("untrusted") from None
        if at.tzinfo is None or at < began:
            raise Refused("expired")


def _guarded(step: Callable[[], Any]) -> Any:
    """A step of the library, on bytes that come from outside: whatever it raises is a refusal."""
    try:
        return step()
    except _Wrong as wrong:
        raise Refused(_WHY.get(wrong.code, "untrusted")) from None
    except (
        OneLogin_Saml2_Error,
        CryptoError,
        etree.LxmlError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
    ):
        raise Refused("untrusted") from None


def _plain(raw: str) -> str:
    if not raw or len(raw) > _LARGEST:
        raise ValueError("too large")
    try:
        base64.b64decode("".join(raw.split()), validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    return raw


def _settings(provider: Provider, back: str, entity: str, *, checked: bool = True) -> OneLogin_Saml2_Settings:
    signing = [pem for pem, until in pieces(provider.certificates) if until > clock.in_world(clock.now())]
    if not signing and checked:
        raise Refused("certificate")
    facts: dict[str, Any] = {
        "strict": True,
        "debug": False,
        "sp": {
            "entityId": entity,
            "assertionConsumerService": {"url": back, "binding": _POST},
            "NameIDFormat": f"{_SAML}:nameid-format:persistent",
            "x509cert": provider.own_certificate,
            "privateKey": unseal(provider.secret).decode(),
        },
        "idp": {
            "entityId": provider.issuer,
            "singleSignOnService": {"url": provider.sign_on_url, "binding": _REDIRECT},
            "x509certMulti": {"signing": signing or [provider.own_certificate], "encryption": signing[:1]},
        },
        "security": {
            "authnRequestsSigned": True,
            "logoutRequestSigned": True,
            "logoutResponseSigned": True,
            "wantAssertionsSigned": True,
            "wantAssertionsEncrypted": provider.is_encrypted,
            "wantNameId": False,
            "wantAttributeStatement": True,
            "requestedAuthnContext": False,
            "rejectDeprecatedAlgorithm": True,
            "signMetadata": False,
            "allowSingleLabelDomains": True,
            "signatureAlgorithm": _RSA,
            "digestAlgorithm": _SHA,
        },
    }
    if provider.sign_out_url:
        facts["idp"]["singleLogoutService"] = {"url": provider.sign_out_url, "binding": _REDIRECT}
        facts["sp"]["singleLogoutService"] = {"url": leaving_address(entity), "binding": _REDIRECT}
    built: OneLogin_Saml2_Settings = _guarded(lambda: OneLogin_Saml2_Settings(facts))
    return built


def _request(back: str) -> dict[str, Any]:
    """The request as the library wants it: at the address that we gave, whatever the server heard."""
    parts = urlsplit(back)
    return {
        "https": "on" if parts.scheme == "https" else "off",
        "http_host": parts.netloc,
        "script_name": parts.path,
        "get_data": {},
        "post_data": {},
    }
