"""Checking a username and a password, with limits counted per account: a whole school shares one address."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection, transaction

from pupitre.accounts.models import SignInFailures, User
from pupitre.foundation import audit, clock

MOST_FAILURES = 5
LOCK = dt.timedelta(minutes=15)


class NotAdmitted(ValueError):
    """This username and this password do not open an account."""


@dataclass
class TooManyFailures(NotAdmitted):
    """Wrong passwords in a row for this name: it rests until `until`."""

    until: dt.datetime


class Suspended(NotAdmitted):
    """The password is right, the account is suspended or closed."""


def admit(username: str, password: str, *, known_accounts: list[int]) -> User:
    """The account that this username and this password open. Raises NotAdmitted, TooManyFailures or Suspended.

    Five failures rest the name for fifteen minutes (IDN-3), whether an account bears it or not. A browser from which the
    account has already entered (`known_accounts`) counts its own failures: nobody locks another out from elsewhere.
    """
    typed = username.strip().lower()[: SignInFailures._meta.get_field("username").max_length]
    user = User.objects.filter(username=typed).first()
    counter = _counter(typed, user, known_accounts)
    _refuse_while_resting(counter)
    if user is None:
        # As long as a wrong password takes: the time of the answer says nothing of who has an account.
        User().set_password(password)
        raise _failed(counter)
    if not user.check_password(password):
        raise _failed(counter, user)
    SignInFailures.objects.filter(username=counter).delete()
    if not user.is_active:
        raise Suspended
    return user


def _counter(typed: str, user: User | None, known_accounts: list[int]) -> str:
    return f"@{user.pk}" if user and user.pk in known_accounts else typed


def _refuse_while_resting(counter: str) -> None:
    resting = SignInFailures.objects.filter(username=counter, locked_until__gt=clock.now()).first()
    if resting and resting.locked_until:
        raise TooManyFailures(resting.locked_until)


@transaction.atomic
def _failed(counter: str, user: User | None = None) -> NotAdmitted:
    """Count one failure more, in one statement whatever is counted beside it."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into accounts_signinfailures as f (username, failures, locked_until) values (%(name)s, 1, null) "
            "on conflict (username) do update set "
            "failures = case when f.locked_until <= %(now)s then 1 else f.failures + 1 end, "
            "locked_until = case when f.locked_until is null and f.failures + 1 >= %(most)s then %(until)s::timestamptz "
            "when f.locked_until > %(now)s then f.locked_until end "
            "returning locked_until",
            {"name": counter, "now": now, "most": MOST_FAILURES, "until": now + LOCK},
        )
        (until,) = cursor.fetchone() or (None,)
    if until is None:
        return NotAdmitted()
    audit.record(None, "accounts.locked", user)
    return TooManyFailures(until)
