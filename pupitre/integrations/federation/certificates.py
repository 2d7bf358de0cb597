"""Certificates: those of providers, read and dated; ours, made once."""

import datetime as dt

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from pupitre.foundation import clock

_TEN_YEARS = dt.timedelta(days=3650)


def pieces(text: str) -> list[tuple[str, dt.datetime]]:
    """Each certificate of a text (PEM), and until when it is good; those that cannot be read are left out."""
    found = []
    for piece in text.split("-----END CERTIFICATE-----"):
        begin = piece.find("-----BEGIN CERTIFICATE-----")
        if begin < 0:
            continue
        pem = f"{piece[begin:]}-----END CERTIFICATE-----\n"
        try:
            found.append((pem, x509.load_pem_x509_certificate(pem.encode()).not_valid_after_utc))
        except ValueError:
            continue
    return found


def as_pem(base64_text: str) -> str:
    """A certificate as metadata write it, in PEM."""
    plain = "".join(base64_text.split())
    lines = "\n".join(plain[at : at + 64] for at in range(0, len(plain), 64))
    return f"-----BEGIN CERTIFICATE-----\n{lines}\n-----END CERTIFICATE-----\n"


def make_own(name: str) -> tuple[str, str]:
    """A private key and its certificate (PEM), for ten years: what a provider knows us by."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = clock.in_world(clock.now())
    certificate = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + _TEN_YEARS)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return private.decode(), certificate.public_bytes(pem).decode()
