"""The addresses of feeds of this calendar: known by whoever holds them, shut when their row is removed."""

from django.conf import settings
from django.urls import reverse

from pupitre.agenda.models import AgendaFeed
from pupitre.foundation import feed_keys

_SALT = "agenda.feed"


def key_of(feed: AgendaFeed) -> str:
    """The key in the address of a feed: its row and nonce, signed."""
    return feed_keys.seal(_SALT, feed.pk, feed.nonce)


def read_key(key: str) -> tuple[int, str]:
    """The row and the nonce that a key names. Raises BadSignature or ValueError when we did not write it."""
    return feed_keys.unseal(_SALT, key)


def address_of(feed: AgendaFeed, uai: str) -> str:
    """The whole address, for a calendar application."""
    return f"{settings.SITE_URL}{reverse('agendas:feed', args=[uai, key_of(feed)])}"
