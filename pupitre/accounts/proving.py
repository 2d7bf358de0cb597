"""Since when the person at the keyboard is known to be the owner of the account."""

import datetime as dt

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest

from pupitre.accounts.sessions import PROVED_KEY, SINCE_KEY
from pupitre.foundation import clock

_SIGNER = TimestampSigner(salt="pupitre.proving")
_TEN_MINUTES = 600


def proved_at(request: HttpRequest) -> dt.datetime | None:
    """When the owner last typed what proves it, on this device: entering, or since."""
    written = request.session.get(PROVED_KEY) or request.session.get(SINCE_KEY)
    return dt.datetime.fromisoformat(written) if written else None


def prove_now(request: HttpRequest) -> None:
    """Remember that the owner has just proved it."""
    request.session[PROVED_KEY] = clock.now().isoformat()


def new_mark() -> str:
    """When somebody was asked to prove who they are, in a form that only this server could write."""
    return _SIGNER.sign(clock.now().isoformat())


def proved_since(request: HttpRequest, mark: str) -> dt.datetime | None:
    """When the owner proved it, if it was after the mark and the mark is ten minutes old at most; else None."""
    try:
        instant = dt.datetime.fromisoformat(_SIGNER.unsign(mark, max_age=_TEN_MINUTES)) if mark else None
    except BadSignature:
        instant = None
    proof = proved_at(request) if instant else None
    return proof if proof and instant and proof >= instant else None
