"""The addresses of calendar feeds: known by whoever holds them, told by nothing else, shut when their row is removed."""

import secrets

from django.conf import settings
from django.core.signing import Signer
from django.urls import reverse

from pupitre.timetable.models import CalendarFeed

_SALT = "timetable.feed"
_NONCE_BYTES = 16


def new_nonce() -> str:
    """The half of an address that is kept: 128 bits."""
    return secrets.token_urlsafe(_NONCE_BYTES)


def key_of(feed: CalendarFeed) -> str:
    """The key in the address of a feed: its row and nonce, signed."""
    return _signer().sign(f"{feed.pk}-{feed.nonce}")


def read_key(key: str) -> tuple[int, str]:
    """The row and the nonce that a key names. Raises BadSignature when we did not write it."""
    number, _, nonce = _signer().unsign(key).partition("-")
    return int(number), nonce


def address_of(feed: CalendarFeed, uai: str) -> str:
    """The whole address, for a calendar application."""
    return f"{settings.SITE_URL}{reverse('calendars:feed', args=[uai, key_of(feed)])}"


def _signer() -> Signer:
    return Signer(salt=_SALT, sep=".")
