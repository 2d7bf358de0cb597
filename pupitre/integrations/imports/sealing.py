"""Files of minors at rest: sealed with a key drawn from the server's secret, opened only to be read."""

import base64
import hashlib
import zlib

from cryptography.fernet import Fernet
from django.conf import settings


def seal(data: bytes) -> bytes:
    """Compressed, then encrypted (Fernet: AES-128-CBC and HMAC-SHA256)."""
    return _fernet().encrypt(zlib.compress(data, 1))


def unseal(sealed: bytes | memoryview) -> bytes:
    """What was sealed."""
    return zlib.decompress(_fernet().decrypt(bytes(sealed)))


def _fernet() -> Fernet:
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"pupitre.imports").digest()
    return Fernet(base64.urlsafe_b64encode(key))
