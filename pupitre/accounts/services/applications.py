"""Applications that act for somebody with tokens: each is a device like the others, in a session whose key nobody is told.

It therefore ends with a change of password, a suspension, or « déconnecter » in « Mes appareils ».
"""

import datetime as dt
import secrets
from collections.abc import Collection

from django.utils.translation import gettext as _

from pupitre.accounts.models import Session
from pupitre.accounts.sessions import SessionStore, expiry
from pupitre.foundation import clock

_SEEN_EVERY = dt.timedelta(hours=24)


def enter_application(user_id: int, *, name: str) -> str:
    """Open a session for an application; the key is for our own tables alone."""
    now = clock.now()
    session = Session.objects.create(
        session_key=secrets.token_hex(20),
        # Nothing of Django's sign-in is inside: as a cookie it would still be nobody's for Django's own pages.
        session_data=SessionStore().encode({}),
        expire_date=expiry(now),
        user_id=user_id,
        device=_("Application %(name)s") % {"name": name[:60]},
        created_at=now,
        last_seen_at=now,
    )
    return str(session.session_key)


def see_application(session_key: str) -> None:
    """Ninety days from the last use, written once a day."""
    now = clock.now()
    seen = Session.objects.filter(session_key=session_key, last_seen_at__lt=now - _SEEN_EVERY)
    seen.update(last_seen_at=now, expire_date=expiry(now))


def sign_out_applications(session_keys: Collection[str]) -> None:
    """End the sessions of applications."""
    Session.objects.filter(session_key__in=session_keys).delete()
