"""The key that signs our pushes (RFC 8292). Browsers accept pushes from the key that they subscribed with: it never changes."""

import os
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec


def vapid_key(state: Path) -> str:
    """`VAPID_PRIVATE_KEY` of the environment (PEM), else the one kept in the state folder, drawn the first time (0600)."""
    given = os.environ.get("VAPID_PRIVATE_KEY")
    if given:
        return given
    path = state / "vapid.pem"
    state.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        # Written aside then linked: of two processes that start together, one draws and both read the same.
        drawn = path.with_name(f"vapid.{os.getpid()}.pem")
        drawn.touch(mode=0o600)
        drawn.write_bytes(_drawn())
        try:
            path.hardlink_to(drawn)
        except FileExistsError:
            pass
        finally:
            drawn.unlink()
    return path.read_text()


def _drawn() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
