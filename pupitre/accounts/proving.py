"""Since when the person at the keyboard is known to be the owner of the account."""

import datetime as dt

from django.http import HttpRequest

from pupitre.accounts.sessions import PROVED_KEY, SINCE_KEY
from pupitre.foundation import clock


def proved_at(request: HttpRequest) -> dt.datetime | None:
    """When the owner last typed what proves it, on this device: entering, or since."""
    written = request.session.get(PROVED_KEY) or request.session.get(SINCE_KEY)
    return dt.datetime.fromisoformat(written) if written else None


def prove_now(request: HttpRequest) -> None:
    """Remember that the owner has just proved it."""
    request.session[PROVED_KEY] = clock.now().isoformat()
