"""A page closed with a passphrase, that a browser opens without network. Nothing of Django.

The key comes from the passphrase by PBKDF2-HMAC-SHA256, and AES-256-GCM closes the page: what WebCrypto knows to open.
Source: OWASP, Password Storage Cheat Sheet (600,000 turns).
"""

import base64
import hashlib
import json
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

TURNS = 600_000


def seal(page: str, passphrase: str) -> str:
    """The page, closed: JSON of base64, whose letters mean nothing to HTML."""
    salt, nonce = os.urandom(16), os.urandom(12)
    key = hashlib.pbkdf2_hmac("sha256", passphrase.encode(), salt, TURNS, 32)
    closed = AESGCM(key).encrypt(nonce, page.encode(), None)
    kept = {"salt": salt, "nonce": nonce, "page": closed}
    return json.dumps({"turns": TURNS, **{name: base64.b64encode(each).decode() for name, each in kept.items()}})
