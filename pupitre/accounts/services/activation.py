"""Opening an account with a printed code: the code, a proof, a password. Three steps, each of which may say why not."""

import datetime as dt

from django.db import transaction
from django.db.models import F

from pupitre.accounts.codes import hash_of, normalise
from pupitre.accounts.events import AccountOpened
from pupitre.accounts.models import ActivationCode, User
from pupitre.accounts.services.passwords import set_password
from pupitre.foundation import audit, clock, events

MOST_FAILURES = 5


class CodeRefused(ValueError):
    """This code opens nothing."""


class UnknownCode(CodeRefused):
    """No code is written so; or a new sheet was printed since."""


class UsedCode(CodeRefused):
    """The code has already opened the account."""


class ExpiredCode(CodeRefused):
    """The sheet is too old."""


class BlockedCode(CodeRefused):
    """Too many wrong proofs were given."""


class ClosedAccount(CodeRefused):
    """The account is suspended or closed."""


def code_typed(typed: str) -> ActivationCode:
    """The code that was typed or scanned. Raises CodeRefused."""
    if not normalise(typed):
        raise UnknownCode
    return _usable(ActivationCode.objects.select_related("user").filter(code_hash=hash_of(typed)).first())


def code_kept(code_id: int) -> ActivationCode:
    """The code of an activation under way, still good. Raises CodeRefused."""
    return _usable(ActivationCode.objects.select_related("user").filter(pk=code_id).first())


def prove(code: ActivationCode, date: dt.date) -> bool:
    """Whether this is one of the dates asked for; the fifth wrong one blocks the code, then BlockedCode is raised."""
    if date in code.proof_dates:
        return True
    ActivationCode.objects.filter(pk=code.pk).update(failures=F("failures") + 1)
    code.refresh_from_db(fields=["failures"])
    if code.failures >= MOST_FAILURES:
        audit.record(None, "accounts.block_code", code.user)
        raise BlockedCode
    return False


@transaction.atomic
def activate(code: ActivationCode, *, password: str, email: str = "") -> User:
    """Open the account with its first password, or give it a new one if it was open; the code has served.

    An address already known is kept when none is given. Raises CodeRefused when the code served in between.
    """
    locked = _usable(ActivationCode.objects.select_for_update().select_related("user").filter(pk=code.pk).first())
    user, now = locked.user, clock.now()
    is_first = user.state == User.State.CREATED
    user.state = User.State.ACTIVE
    user.activated_at = user.activated_at or now
    user.email = email or user.email
    user.save(update_fields=["state", "activated_at", "email"])
    set_password(user, password)
    locked.used_at = now
    locked.save(update_fields=["used_at"])
    audit.record(None, "accounts.activate", user, first=is_first)
    if is_first:
        events.publish(AccountOpened(user.pk))
    return user


def _usable(code: ActivationCode | None) -> ActivationCode:
    if code is None:
        raise UnknownCode
    if code.user.state in (User.State.SUSPENDED, User.State.CLOSED):
        raise ClosedAccount
    if code.used_at:
        raise UsedCode
    if code.failures >= MOST_FAILURES:
        raise BlockedCode
    if code.expires_at <= clock.now():
        raise ExpiredCode
    return code
