"""A provider of SAML for the tests, written with xmlsec alone: it signs and encrypts what it is told to, honest or not."""

import base64
import datetime as dt
import secrets
import zlib
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID
from lxml import etree

# Its types leave out half of it.
xmlsec: Any = import_module("xmlsec")
ENTITY = "https://educonnect.exemple.fr/idp"
SSO = "https://educonnect.exemple.fr/sso"
SAML, SAMLP = "urn:oasis:names:tc:SAML:2.0:assertion", "urn:oasis:names:tc:SAML:2.0:protocol"
OID = "urn:oid:1.3.6.1.4.1.20326.10.999.1."
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
SITE = "http://testserver/connexion/par/educonnect"


def certificate(*, days: int = 30) -> tuple[bytes, str]:
    """A private key and its certificate (PEM), good for some days from now; fewer than none: out of date."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "educonnect")])
    now = dt.datetime.now(dt.UTC)
    signed = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - dt.timedelta(days=400))
        .not_valid_after(now + dt.timedelta(days=days)).sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return private, signed.public_bytes(pem).decode()


@dataclass
class Idp:
    """What the next answer says. `certificate` is that with which our messages are encrypted."""

    key: bytes
    own: str
    attributes: dict[str, list[str]] = field(default_factory=dict)
    audience: str = f"{SITE}/metadonnees/"
    issuer: str = ENTITY
    destination: str = f"{SITE}/saml/"
    recipient: str = f"{SITE}/saml/"
    answered: str = ""
    minutes: int = 0
    status: str = "Success"
    name_id: str = "abc"
    signs: bool = True
    encrypts: str = ""
    algorithm: str = "rsa-sha256"

    def assertion(self, number: str) -> str:
        """An assertion, not signed yet."""
        now = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=self.minutes)
        at, until, before = ((now + dt.timedelta(minutes=shift)).strftime("%Y-%m-%dT%H:%M:%SZ") for shift in (0, 5, -1))
        statements = "".join(
            f'<saml:Attribute Name="{name}"><saml:AttributeValue>'
            + "</saml:AttributeValue><saml:AttributeValue>".join(values)
            + "</saml:AttributeValue></saml:Attribute>"
            for name, values in self.attributes.items()
        )
        return (
            f'<saml:Assertion xmlns:saml="{SAML}" ID="{number}" Version="2.0" IssueInstant="{at}">'
            f"<saml:Issuer>{self.issuer}</saml:Issuer><saml:Subject>"
            f'<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">{self.name_id}</saml:NameID>'
            '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">'
            f'<saml:SubjectConfirmationData InResponseTo="{self.answered}" Recipient="{self.recipient}" NotOnOrAfter="{until}"/>'
            f'</saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{before}" NotOnOrAfter="{until}">'
            f"<saml:AudienceRestriction><saml:Audience>{self.audience}</saml:Audience></saml:AudienceRestriction>"
            f'</saml:Conditions><saml:AuthnStatement AuthnInstant="{at}" SessionIndex="s1"><saml:AuthnContext>'
            "<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef>"
            f"</saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>{statements}</saml:AttributeStatement>"
            "</saml:Assertion>"
        )

    def answer(self) -> etree._Element:
        """The whole answer, signed and encrypted as told."""
        number = f"_{secrets.token_hex(16)}"
        assertion = etree.fromstring(self.assertion(number))
        if self.signs:
            sign(assertion, self.key, self.own, self.algorithm)
        at = (dt.datetime.now(dt.UTC) + dt.timedelta(minutes=self.minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")
        response = etree.fromstring(
            f'<samlp:Response xmlns:samlp="{SAMLP}" xmlns:saml="{SAML}" ID="_{secrets.token_hex(16)}" Version="2.0" '
            f'IssueInstant="{at}" Destination="{self.destination}" InResponseTo="{self.answered}">'
            f"<saml:Issuer>{self.issuer}</saml:Issuer><samlp:Status>"
            f'<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:{self.status}"/></samlp:Status></samlp:Response>'
        )
        response.append(encrypt(assertion, self.encrypts) if self.encrypts else assertion)
        return response


def leaving_query(idp: Idp, *, name_id: str = "abc", key: bytes | None = None, minutes: int = 5, **changed: str) -> str:
    """The query of a request to sign somebody out, by redirection, signed by the provider or with another `key` (none: b"")."""
    until = (dt.datetime.now(dt.UTC) + dt.timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")
    said = {"issuer": idp.issuer, "destination": f"{SITE}/sortie/", "number": f"_{secrets.token_hex(16)}", **changed}
    request = (
        f'<samlp:LogoutRequest xmlns:samlp="{SAMLP}" xmlns:saml="{SAML}" ID="{said["number"]}" Version="2.0" '
        f'IssueInstant="{until}" NotOnOrAfter="{until}" Destination="{said["destination"]}">'
        f"<saml:Issuer>{said['issuer']}</saml:Issuer><saml:NameID>{name_id}</saml:NameID></samlp:LogoutRequest>"
    )
    deflated = zlib.compress(request.encode())[2:-4]
    query = urlencode({"SAMLRequest": base64.b64encode(deflated).decode(), "SigAlg": RSA_SHA256})
    if key == b"":
        return query
    private = serialization.load_pem_private_key(key or idp.key, None)
    assert isinstance(private, rsa.RSAPrivateKey)
    signature = private.sign(query.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{query}&{urlencode({'Signature': base64.b64encode(signature).decode()})}"


def sign(element: etree._Element, key: bytes, own: str, algorithm: str = "rsa-sha256") -> None:
    """Sign an element by its ID, as providers do."""
    method = {"rsa-sha256": xmlsec.Transform.RSA_SHA256, "rsa-sha1": xmlsec.Transform.RSA_SHA1}[algorithm]
    hashing = {"rsa-sha256": xmlsec.Transform.SHA256, "rsa-sha1": xmlsec.Transform.SHA1}[algorithm]
    signature = xmlsec.template.create(element, xmlsec.Transform.EXCL_C14N, method, ns="ds")
    element.insert(1, signature)
    reference = xmlsec.template.add_reference(signature, hashing, uri=f"#{element.get('ID')}")
    xmlsec.template.add_transform(reference, xmlsec.Transform.ENVELOPED)
    xmlsec.template.add_transform(reference, xmlsec.Transform.EXCL_C14N)
    xmlsec.template.add_x509_data(xmlsec.template.ensure_key_info(signature))
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(key, xmlsec.KeyFormat.PEM)
    context.key.load_cert_from_memory(own.encode(), xmlsec.KeyFormat.PEM)
    context.register_id(element, "ID")
    context.sign(signature)


def encrypt(assertion: etree._Element, their: str) -> etree._Element:
    """An encrypted assertion, for the holder of a certificate."""
    shell = etree.Element(f"{{{SAML}}}EncryptedAssertion", nsmap={"saml": SAML})
    shell.append(assertion)
    manager = xmlsec.KeysManager()
    manager.add_key(xmlsec.Key.from_memory(their.encode(), xmlsec.KeyFormat.CERT_PEM))
    data = xmlsec.template.encrypted_data_create(
        shell, xmlsec.Transform.AES256, type=xmlsec.EncryptionType.ELEMENT, ns="xenc"
    )
    xmlsec.template.encrypted_data_ensure_cipher_value(data)
    info = xmlsec.template.encrypted_data_ensure_key_info(data, ns="ds")
    wrapped = xmlsec.template.add_encrypted_key(info, xmlsec.Transform.RSA_OAEP)
    xmlsec.template.encrypted_data_ensure_cipher_value(wrapped)
    context = xmlsec.EncryptionContext(manager)
    context.key = xmlsec.Key.generate(xmlsec.KeyData.AES, 256, xmlsec.KeyDataType.SESSION)
    sealed = context.encrypt_xml(data, assertion)
    if sealed.getparent() is None:
        shell.append(sealed)
    return shell


def posted(answer: etree._Element | bytes) -> str:
    """An answer as a form carries it."""
    raw = answer if isinstance(answer, bytes) else etree.tostring(answer)
    return base64.b64encode(raw).decode()


def request_of(target: str) -> etree._Element:
    """The request that an address carries, inflated."""
    asked = parse_qs(urlsplit(target).query)
    return etree.fromstring(zlib.decompress(base64.b64decode(asked["SAMLRequest"][0]), -15))


def is_signed_by(target: str, pem: str) -> bool:
    """Whether the address that carries a request is signed by the holder of a certificate (redirect binding)."""
    query = urlsplit(target).query
    raw = dict(part.split("=", 1) for part in query.split("&"))
    if "Signature" not in raw:
        return False
    said = "&".join(f"{name}={raw[name]}" for name in ("SAMLRequest", "RelayState", "SigAlg"))
    signature = base64.b64decode(parse_qs(query)["Signature"][0])
    public = x509.load_pem_x509_certificate(pem.encode()).public_key()
    assert isinstance(public, rsa.RSAPublicKey)
    public.verify(signature, said.encode(), padding.PKCS1v15(), hashes.SHA256())
    return True
