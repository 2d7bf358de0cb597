"""What must be read again, and by the server alone: sealed with a key for each purpose, drawn from the server's secret."""

import base64
import hashlib
import zlib

from cryptography.fernet import Fernet
from django.conf import settings


class Seal:
    """A seal for one purpose (sixteen bytes at most): what it closes, no other opens."""

    def __init__(self, purpose: bytes) -> None:
        self._purpose = purpose

    def seal(self, data: bytes) -> bytes:
        """Compressed, then encrypted (Fernet: AES-128-CBC and HMAC-SHA256)."""
        return self._fernet().encrypt(zlib.compress(data, 1))

    def unseal(self, sealed: bytes | memoryview) -> bytes:
        """What was sealed. Raises cryptography.fernet.InvalidToken when it was not, or for another purpose."""
        return zlib.decompress(self._fernet().decrypt(bytes(sealed)))

    def _fernet(self) -> Fernet:
        key = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=self._purpose).digest()
        return Fernet(base64.urlsafe_b64encode(key))
