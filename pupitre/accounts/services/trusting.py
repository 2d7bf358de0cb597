"""« Se souvenir de cet appareil »: a browser that is not asked for the second factor for thirty days."""

import datetime as dt
import hashlib
import secrets

from pupitre.accounts.models import TrustedDevice, User
from pupitre.foundation import audit, clock

TRUST = dt.timedelta(days=30)


def trust(user: User, device: str) -> str:
    """The token that this browser will keep."""
    token, now = secrets.token_urlsafe(32), clock.now()
    TrustedDevice.objects.create(
        user=user, token_hash=_hash(token), name=device, created_at=now, expires_at=now + TRUST
    )
    audit.record(None, "accounts.trust_device", user)
    return token


def is_trusted(user: User, token: str) -> bool:
    """Whether the second factor was shown on this browser less than thirty days ago, and asked to be remembered."""
    devices = TrustedDevice.objects.filter(user=user, expires_at__gt=clock.now())
    return bool(token) and devices.filter(token_hash=_hash(token)).exists()


def trusted_devices_of(user: User) -> list[TrustedDevice]:
    """The last trusted first."""
    return list(TrustedDevice.objects.filter(user=user, expires_at__gt=clock.now()).order_by("-created_at"))


def trust_no_more(user: User, device_id: int) -> bool:
    """Ask this device for the second factor again; False when it already was."""
    gone = TrustedDevice.objects.filter(user=user, pk=device_id).delete()[0] > 0
    if gone:
        audit.record(None, "accounts.trust_no_more", user)
    return gone


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
