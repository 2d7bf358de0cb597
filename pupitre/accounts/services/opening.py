"""An account opened by an identity that somebody else has proved: no code, no password."""

from django.db import transaction

from pupitre.accounts.events import AccountOpened
from pupitre.accounts.models import User
from pupitre.foundation import audit, clock, events


class NotToOpen(ValueError):
    """The account is suspended or closed."""


@transaction.atomic
def open_by_identity(user: User) -> User:
    """The account, active: one that was never opened is opened, without a password. Raises NotToOpen."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.state == User.State.CREATED:
        locked.state = User.State.ACTIVE
        locked.activated_at = clock.now()
        locked.save(update_fields=["state", "activated_at"])
        audit.record(None, "accounts.activate", locked, first=True)
        events.publish(AccountOpened(locked.pk))
    if not locked.is_active:
        raise NotToOpen(user.pk)
    return locked
