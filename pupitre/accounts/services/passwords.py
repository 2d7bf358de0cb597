"""Changing a password, and choosing another when it is forgotten."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection

from django.db import transaction

from pupitre.accounts.models import PasswordReset, Session, SignInFailures, User
from pupitre.foundation import audit, clock

VALIDITY = dt.timedelta(hours=24)
"""Of a link to choose a new password (IDN-3)."""
_PAUSE = dt.timedelta(minutes=5)


class LinkRefused(ValueError):
    """This link has served, is too old, or was never sent."""


@transaction.atomic
def set_password(user: User, password: str, *, stay: str = "") -> None:
    """Give an account a password: its devices are signed out (but the session `stay`), its pending links are void."""
    user.set_password(password)
    user.password_expired_at = None
    user.save(update_fields=["password", "password_expired_at"])
    Session.objects.filter(user=user).exclude(session_key=stay).delete()
    user.password_resets.filter(used_at=None).delete()
    # Whoever knew the former password may have asked a browser to be remembered.
    user.trusted_devices.all().delete()
    SignInFailures.objects.filter(username__in=[user.username, f"@{user.pk}"]).delete()


@transaction.atomic
def expire_passwords(user_ids: Collection[int]) -> int:
    """Ask the owners of these accounts for another password: they are signed out everywhere; how many are active (RGP-5)."""
    active = User.objects.filter(pk__in=user_ids, state=User.State.ACTIVE)
    count: int = active.update(password_expired_at=clock.now())
    Session.objects.filter(user__in=user_ids).delete()
    return count


@transaction.atomic
def link_to_renew(user: User) -> str:
    """The token with which somebody who has just proved their former password chooses another one."""
    return _draw_anew(user)


@transaction.atomic
def change_password(user: User, password: str, *, stay: str) -> None:
    """What its owner does, signed in with the session `stay`."""
    set_password(user, password, stay=stay)
    audit.record(None, "accounts.change_password", user)


@transaction.atomic
def change_email(user: User, email: str) -> None:
    """Where links are sent; empty for none."""
    user.email = email
    user.save(update_fields=["email"])
    # A link on its way to the former address opens nothing any more.
    user.password_resets.filter(used_at=None).delete()
    audit.record(None, "accounts.change_email", user)


@transaction.atomic
def reset_links(typed: str) -> list[tuple[User, str]]:
    """The accounts that a username or an address designates, each with the token of a link to be sent to its address.

    Parents may share an address. Empty when nobody is known so, has no address, or has just been sent a link: the page
    says the same in all cases.
    """
    typed = typed.strip()
    users = User.objects.filter(state=User.State.ACTIVE).exclude(email="")
    users = users.filter(email__iexact=typed) if "@" in typed else users.filter(username=typed.lower())
    return [(user, token) for user in users[:10] if (token := _draw(user))]


def owner_of_link(token: str) -> User:
    """Whose link this is. Raises LinkRefused."""
    return _link(token).user


@transaction.atomic
def renew_password(token: str, password: str) -> User:
    """Choose a new password with a link; it has served. Raises LinkRefused."""
    link = _link(token, lock=True)
    link.used_at = clock.now()
    link.save(update_fields=["used_at"])
    set_password(link.user, password)
    audit.record(None, "accounts.renew_password", link.user)
    return link.user


def _draw(user: User) -> str:
    now = clock.now()
    if user.password_resets.filter(used_at=None, expires_at__gt=now + VALIDITY - _PAUSE).exists():
        return ""
    return _draw_anew(user)


def _draw_anew(user: User) -> str:
    token = secrets.token_urlsafe(32)
    PasswordReset.objects.create(user=user, token_hash=_hash(token), expires_at=clock.now() + VALIDITY)
    return token


def _link(token: str, *, lock: bool = False) -> PasswordReset:
    links = PasswordReset.objects.select_related("user")
    links = links.select_for_update() if lock else links
    link = links.filter(token_hash=_hash(token), used_at=None, expires_at__gt=clock.now()).first()
    if link is None or not link.user.is_active:
        raise LinkRefused
    return link


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
