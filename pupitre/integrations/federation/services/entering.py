"""From an identity that a provider vouches for to an account of ours: found, opened if it was to be, linked; or refused."""

from django.db import transaction

from pupitre.accounts.models import User
from pupitre.accounts.services.opening import NotToOpen, open_by_identity
from pupitre.directory.models import Person
from pupitre.foundation import audit, clock
from pupitre.integrations.federation.hashing import hash_of
from pupitre.integrations.federation.matching import check_role, find, linked
from pupitre.integrations.federation.models import Link, Provider
from pupitre.integrations.federation.refusals import Refused
from pupitre.integrations.federation.told import Told


@transaction.atomic
def account_of(provider: Provider, told: Told) -> User:
    """The account that this identity opens. Raises Refused.

    A link made before holds whatever else is told now. An account never opened is opened: the provider has proved who it is.
    """
    person = linked(provider, told) or find(provider, told)
    check_role(provider, person)
    if person.user is None:
        raise Refused("no_account")
    try:
        user = open_by_identity(person.user)
    except NotToOpen:
        raise Refused("closed") from None
    _keep_link(provider, told, person, by_hand=False)
    audit.record(None, "federation.enter", user, provider=provider.pk)
    return user


@transaction.atomic
def link_by_hand(provider: Provider, told: Told, user: User) -> None:
    """Tie an identity to the account of whoever is signed in and has just proved it. Raises Refused.

    Refused when it opens another account, or when the directory says that it is somebody else.
    """
    person = Person.objects.filter(user=user).first()
    if person is None:
        raise Refused("no_account")
    known = linked(provider, told) or _found(provider, told)
    if known is not None and known.pk != person.pk:
        raise Refused("taken")
    check_role(provider, person)
    _keep_link(provider, told, person, by_hand=True)
    audit.record(None, "federation.link", user, provider=provider.pk)


@transaction.atomic
def unlink(user: User, link_id: int) -> bool:
    """Untie an identity; False when it is not one of this account's. Raises LastWay when nothing else would open it."""
    links = Link.objects.filter(person__user=user)
    link = links.filter(pk=link_id).first()
    if link is None:
        return False
    if not user.has_usable_password() and links.count() == 1:
        raise LastWay
    link.delete()
    audit.record(None, "federation.unlink", user, provider=link.provider_id)
    return True


class LastWay(ValueError):
    """This account has no password: untied, nothing would open it."""


def is_linked(provider: Provider, told: Told, user: User) -> bool:
    """Whether this identity is already one of this account's."""
    return (
        bool(told.subject)
        and Link.objects.filter(
            provider=provider, subject_hash=hash_of(provider, told.subject), person__user=user
        ).exists()
    )


def _found(provider: Provider, told: Told) -> Person | None:
    try:
        return find(provider, told)
    except Refused as no:
        if no.why == "several":
            raise
        return None


def _keep_link(provider: Provider, told: Told, person: Person, *, by_hand: bool) -> None:
    if not told.subject:
        if by_hand:
            raise Refused("incomplete")
        return
    now = clock.now()
    Link.objects.update_or_create(
        provider=provider,
        subject_hash=hash_of(provider, told.subject),
        defaults={"person": person, "last_used_at": now},
        create_defaults={"person": person, "last_used_at": now, "by_hand": by_hand, "created_at": now},
    )
