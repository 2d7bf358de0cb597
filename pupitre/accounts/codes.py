"""Activation codes: eight characters that nobody confuses, on paper or over the telephone."""

import re
import secrets

from django.utils.crypto import salted_hmac

# No 0 and O, no 1, I and L: 31 characters, eight of them: 850 thousand million codes.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8
_SEPARATORS = re.compile(r"[\s\-‐‑–—._]+")


def draw_code() -> str:
    """A new code as it is printed: « 7KPM-4XQ2 »."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{drawn[:4]}-{drawn[4:]}"


def normalise(typed: str) -> str:
    """A code as it was drawn, whatever the case, blanks and hyphens it was typed with; empty when it cannot be one."""
    plain = _SEPARATORS.sub("", typed).upper()
    return plain if len(plain) == LENGTH and set(plain) <= set(ALPHABET) else ""


def hash_of(code: str) -> bytes:
    """What is kept of a code: 32 bytes, which mean nothing without the server's secret key."""
    return salted_hmac("pupitre.activation", normalise(code), algorithm="sha256").digest()
