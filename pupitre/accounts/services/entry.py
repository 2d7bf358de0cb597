"""Checking a username and a password, with limits counted per account: a whole school shares one address."""

import datetime as dt
from dataclasses import dataclass

from pupitre.accounts.models import SignInFailures, User
from pupitre.accounts.services.tries import count_failure, forget, resting_until_at


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
    until = resting_until_at(counter)
    if until:
        raise TooManyFailures(until)
    if user is None:
        # As long as a wrong password takes: the time of the answer says nothing of who has an account.
        User().set_password(password)
        raise _failed(counter)
    if not user.check_password(password):
        raise _failed(counter, user)
    forget(counter)
    if not user.is_active:
        raise Suspended
    return user


def _counter(typed: str, user: User | None, known_accounts: list[int]) -> str:
    return f"@{user.pk}" if user and user.pk in known_accounts else typed


def _failed(counter: str, user: User | None = None) -> NotAdmitted:
    until = count_failure(counter, user)
    return TooManyFailures(until) if until else NotAdmitted()
