"""A sign-in leaves for a provider, and comes back once, to the browser that left."""

import datetime as dt
import secrets

from django.db import transaction

from pupitre.accounts.models import User
from pupitre.foundation import clock
from pupitre.integrations.federation.hashing import digest
from pupitre.integrations.federation.models import Attempt, Provider, SeenAssertion
from pupitre.integrations.federation.refusals import Refused

LIFE = dt.timedelta(minutes=10)


def begin(
    provider: Provider, *, purpose: Attempt.Purpose, user: User | None, next_path: str, browser: str
) -> tuple[Attempt, str]:
    """A sign-in on its way, and its state: what the provider gives back. `browser` is the secret of the browser's cookie."""
    state, now = secrets.token_urlsafe(32), clock.now()
    attempt = Attempt.objects.create(
        state_hash=digest("state", state),
        browser_hash=digest("browser", browser),
        provider=provider,
        purpose=purpose,
        user=user,
        next_path=next_path[:2000],
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(43),
        created_at=now,
        expires_at=now + LIFE,
    )
    return attempt, state


@transaction.atomic
def take(provider: Provider, *, state: str, browser: str) -> Attempt:
    """The sign-in of which this is the return; a second return finds nothing. Raises Refused."""
    if not state or not browser:
        raise Refused("expired")
    found = (
        Attempt.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(state_hash=digest("state", state), provider=provider)
    )
    attempt = found.first()
    if attempt is None:
        raise Refused("expired")
    if bytes(attempt.browser_hash) != digest("browser", browser):
        # Somebody else's browser: its own return may still come.
        raise Refused("expired")
    number = attempt.pk
    attempt.delete()
    attempt.pk = number
    if attempt.expires_at <= clock.now():
        raise Refused("expired")
    return attempt


@transaction.atomic
def use_once(provider: Provider, kind: str, text: str, *, until: dt.datetime) -> None:
    """Remember that an assertion has served. Raises Refused the second time."""
    _seen, is_new = SeenAssertion.objects.get_or_create(
        digest=digest(kind, f"{provider.pk}:{text}"), defaults={"expires_at": until}
    )
    if not is_new:
        raise Refused("expired")


def forget_old() -> list[str]:
    """Every night: what came back too late, or can no longer come back."""
    now = clock.now()
    Attempt.objects.filter(expires_at__lte=now).delete()
    SeenAssertion.objects.filter(expires_at__lte=now).delete()
    return []
