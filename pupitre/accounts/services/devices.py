"""The devices on which an account is signed in."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from pupitre.accounts.models import Session, User
from pupitre.foundation import audit, clock


@dataclass(frozen=True, slots=True)
class Device:
    """A line of « Mes appareils ». `handle` designates it without being the key that signs it in."""

    handle: str
    name: str
    signed_in_at: dt.datetime
    seen_at: dt.datetime
    is_this_one: bool


def devices_of(user: User, *, session_key: str | None) -> list[Device]:
    """The devices of an account, the one in use first, then the last seen."""
    sessions = Session.objects.filter(user=user, expire_date__gt=clock.now()).defer("session_data")
    devices = [
        Device(_handle(one.pk), one.device, one.created_at, one.last_seen_at, one.pk == session_key)
        for one in sessions.order_by("-last_seen_at")
    ]
    return sorted(devices, key=lambda device: not device.is_this_one)


def sign_out_device(user: User, handle: str) -> bool:
    """Sign one device out; False when it already was."""
    for key in Session.objects.filter(user=user).values_list("session_key", flat=True):
        if _handle(key) == handle:
            Session.objects.filter(session_key=key).delete()
            audit.record(None, "accounts.sign_out_device", user)
            return True
    return False


def sign_out_others(user: User, *, session_key: str | None) -> int:
    """Sign every other device out; how many there were."""
    count = Session.objects.filter(user=user).exclude(session_key=session_key).delete()[0]
    audit.record(None, "accounts.sign_out_others", user, count=count)
    return count


def _handle(session_key: str) -> str:
    return hashlib.sha256(session_key.encode()).hexdigest()[:16]
