"""Sessions kept in the database with the account and the device they belong to, on the clock of the house."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from pupitre.accounts.models import Session
from pupitre.foundation import clock

DEVICE_KEY, SINCE_KEY, NEW_KEY, PROVED_KEY, FACTOR_KEY, FACTS_KEY = (
    *("device", "since", "new_device"),
    *("proved", "factor", "way_in"),
)
"""What a signed-in session keeps besides Django's own: the name of the device, when it signed in (ISO 8601), whether the
account had never entered from there, when its owner typed the password again (ISO 8601), and what was shown besides it
(« codes », « passkey », « recovery », « device » for a trusted one, « » for nothing). The last one: what
the way in keeps for the way out."""


class SessionStore(DatabaseStore):
    """Django's database store, writing beside the data whose session it is."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        now = clock.now()
        return Session(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=expiry(now),
            user_id=int(data[SESSION_KEY]) if SESSION_KEY in data else None,
            device=data.get(DEVICE_KEY, ""),
            # The row is written whole each time: the first day is remembered inside.
            created_at=dt.datetime.fromisoformat(data[SINCE_KEY]) if SINCE_KEY in data else now,
            last_seen_at=now,
        )

    def _get_session_from_db(self) -> Session | None:
        session = Session.objects.filter(session_key=self.session_key, expire_date__gt=clock.now()).first()
        if session is None:
            self._session_key = None
        return session


def expiry(now: dt.datetime) -> dt.datetime:
    """Until when a session seen now lives: ninety days, sliding (MOB-2)."""
    return now + dt.timedelta(seconds=settings.SESSION_COOKIE_AGE)
