"""The sealed file in which PRONOTE takes what a partner sends (`ImportChiffre`): compressed, then encrypted for the publisher.

MD5, RSA PKCS#1 v1.5 and AES-CBC without a signature are the publisher's format. They stay in this file: nothing else of the
house may use them.
"""

import base64
import datetime as dt
import hashlib
import secrets
import zlib
from typing import Any, cast

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import load_der_public_key, load_pem_public_key
from lxml import etree

_NAMESPACE = "http://www.index-education.com/containeurimportchiffreV1"
_VERSION = "1.0"
_SMALLEST = 1024
_BLOCK = 128


class WrongKey(ValueError):
    """Not an RSA public key that can be used."""


def read_key(data: bytes) -> RSAPublicKey:
    """A public key as publishers send them: PEM, a certificate, or bare base64. Raises WrongKey."""
    text = data.strip()
    key: object
    try:
        if b"BEGIN CERTIFICATE" in text:
            key = x509.load_pem_x509_certificate(text).public_key()
        elif text.startswith(b"-----BEGIN"):
            key = load_pem_public_key(text)
        else:
            key = load_der_public_key(base64.b64decode(b"".join(text.split()), validate=True))
    except ValueError:
        raise WrongKey from None
    except Exception as error:
        raise WrongKey from error
    if not isinstance(key, RSAPublicKey) or key.key_size < _SMALLEST:
        raise WrongKey
    return key


def seal_for(key: RSAPublicKey, content: bytes, *, partner: str, description: str, uai: str, at: dt.datetime) -> bytes:
    """The sealed file. Only the owner of the private key opens it; a new secret is drawn each time."""
    secret, iv = secrets.token_bytes(16), secrets.token_bytes(16)
    compressed = zlib.compress(content)
    padder = PKCS7(_BLOCK).padder()
    encryptor = Cipher(algorithms.AES(secret), modes.CBC(iv)).encryptor()
    sealed = encryptor.update(padder.update(compressed) + padder.finalize()) + encryptor.finalize()
    check = hashlib.md5(secret + iv, usedforsecurity=False).digest()
    parts = {
        "Partenaire": partner,
        "Description": description,
        "Cle": _text(key.encrypt(secret + iv + check, PKCS1v15())),
        "Contenu": _text(sealed),
        "Verification": _text(hashlib.sha256(compressed).digest()),
        "DateExport": at.isoformat(timespec="seconds"),
        "UAI": uai,
    }
    root = etree.Element(
        f"{{{_NAMESPACE}}}ImportChiffre", nsmap=cast(Any, {None: _NAMESPACE}), attrib={"Version": _VERSION}
    )
    for name, value in parts.items():
        etree.SubElement(root, f"{{{_NAMESPACE}}}{name}").text = value
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
