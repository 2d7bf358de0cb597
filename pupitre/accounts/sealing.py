"""What this room must be able to read again, sealed with a key drawn from the server's secret."""

import base64
import hashlib

from cryptography.fernet import Fernet
from django.conf import settings


def seal(data: bytes) -> bytes:
    """Encrypted (Fernet: AES-128-CBC and HMAC-SHA256)."""
    return _fernet().encrypt(data)


def unseal(sealed: bytes | memoryview) -> bytes:
    """What was sealed."""
    return _fernet().decrypt(bytes(sealed))


def _fernet() -> Fernet:
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"pupitre.factors").digest()
    return Fernet(base64.urlsafe_b64encode(key))
