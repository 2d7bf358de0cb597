"""The addresses of calendar feeds: known by whoever holds them, told by nothing else, shut when their row is removed."""

from django.conf import settings
from django.urls import reverse

from pupitre.foundation import feed_keys
from pupitre.timetable.models import CalendarFeed

_SALT = "timetable.feed"


def key_of(feed: CalendarFeed) -> str:
    """The key in the address of a feed: its row and nonce, signed."""
    return feed_keys.seal(_SALT, feed.pk, feed.nonce)


def read_key(key: str) -> tuple[int, str]:
    """The row and the nonce that a key names. Raises BadSignature when we did not write it."""
    return feed_keys.unseal(_SALT, key)


def address_of(feed: CalendarFeed, uai: str) -> str:
    """The whole address, for a calendar application."""
    return f"{settings.SITE_URL}{reverse('calendars:feed', args=[uai, key_of(feed)])}"
