"""A pair of keys as the publisher would hold: ours never leave the tests."""

from functools import cache

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


@cache
def private_key() -> RSAPrivateKey:
    """The publisher's, drawn once a process."""
    return generate_private_key(65537, 2048)


def public_pem() -> str:
    """What they give under agreement."""
    return private_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
