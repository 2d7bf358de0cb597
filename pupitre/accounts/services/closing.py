"""Closing accounts, giving them back, deleting them; and forgetting what opened them once it is too old."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction

from pupitre.accounts.lifetimes import DAYS_OF_OLD_CODES
from pupitre.accounts.models import ActivationCode, PasswordReset, Session, SignInFailures, TrustedDevice, User
from pupitre.foundation import clock


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many rows were too old."""

    sessions: int
    codes: int
    links: int
    counters: int


@transaction.atomic
def close_accounts(ids: Collection[int]) -> int:
    """Close accounts: their devices are signed out, what would open them is void; how many there were."""
    Session.objects.filter(user__in=ids).delete()
    ActivationCode.objects.filter(user__in=ids, used_at=None).delete()
    PasswordReset.objects.filter(user__in=ids).delete()
    TrustedDevice.objects.filter(user__in=ids).delete()
    return User.objects.filter(pk__in=ids).update(state=User.State.CLOSED, closed_at=clock.now())


def open_again(users: Iterable[User]) -> int:
    """Give closed accounts back as they were: active with their password, or still to be activated; how many there were."""
    closed = [user for user in users if user.state == User.State.CLOSED]
    for user in closed:
        user.state = User.State.ACTIVE if user.activated_at else User.State.CREATED
        user.closed_at = None
    User.objects.bulk_update(closed, ["state", "closed_at"], batch_size=1000)
    return len(closed)


@transaction.atomic
def delete_accounts(ids: Collection[int]) -> int:
    """Delete accounts with all that signs in: name, password, address, devices, codes; how many there were."""
    return User.objects.filter(pk__in=ids).delete()[1].get(User._meta.label, 0)


@transaction.atomic
def forget_expired() -> Forgotten:
    """Forget sessions, codes and links that open nothing any more, and the wrong passwords counted before today."""
    now = clock.now()
    old = now - dt.timedelta(days=DAYS_OF_OLD_CODES)
    TrustedDevice.objects.filter(expires_at__lte=now).delete()
    resting = SignInFailures.objects.filter(locked_until__gt=now)
    return Forgotten(
        sessions=Session.objects.filter(expire_date__lte=now).delete()[0],
        codes=ActivationCode.objects.filter(expires_at__lte=old).delete()[0],
        links=PasswordReset.objects.filter(expires_at__lte=now).delete()[0],
        counters=SignInFailures.objects.exclude(pk__in=resting.values("pk")).delete()[0],
    )
