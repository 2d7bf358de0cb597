"""Keys of addresses that calendar applications read without signing in: a row, its nonce, and our signature over both."""

import secrets

from django.core.signing import Signer

_NONCE_BYTES = 16


def new_nonce() -> str:
    """The half of an address that is kept: 128 bits, 22 letters."""
    return secrets.token_urlsafe(_NONCE_BYTES)


def seal(salt: str, pk: int, nonce: str) -> str:
    """The key of a row, for one kind of address (`salt`)."""
    return _signer(salt).sign(f"{pk}-{nonce}")


def unseal(salt: str, key: str) -> tuple[int, str]:
    """The row and the nonce that a key names. Raises BadSignature or ValueError when we did not write it."""
    number, _dash, nonce = _signer(salt).unsign(key).partition("-")
    return int(number), nonce


def _signer(salt: str) -> Signer:
    return Signer(salt=salt, sep=".")
