"""Sessions kept in the database with the account and the device they belong to."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from pupitre.accounts.models import Session


class SessionStore(DatabaseStore):
    """Django's database store, writing beside the data whose session it is."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session = super().create_model_instance(data)
        session.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        session.device = data.get("device", "")
        return session
