"""Accounts created in bulk, to be activated by their owners."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from pupitre.accounts.models import User
from pupitre.accounts.usernames import numbered, stem
from pupitre.foundation import clock


@dataclass(frozen=True, slots=True)
class NewAccount:
    """Whose account it will be; `person_id` is the caller's own number for them."""

    person_id: int
    display_name: str
    first_name: str
    last_name: str
    email: str
    is_staff: bool


@transaction.atomic
def create_accounts(accounts: Sequence[NewAccount]) -> dict[int, User]:
    """Create accounts without a password, each under a username of its own; the users by `person_id`.

    Four statements for a whole school, a few more when it has many namesakes.
    """
    # Two schools imported at once may both welcome a Jean Martin.
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('pupitre.usernames'))")
    usernames = _free_usernames([stem(account.first_name, account.last_name) for account in accounts])
    now = clock.now()
    users = [
        User(
            username=username,
            display_name=account.display_name,
            email=account.email[: User._meta.get_field("email").max_length],
            is_staff_account=account.is_staff,
            password=make_password(None),
            created_at=now,
        )
        for account, username in zip(accounts, usernames, strict=True)
    ]
    User.objects.bulk_create(users, batch_size=1000)
    return {account.person_id: user for account, user in zip(accounts, users, strict=True)}


def _free_usernames(stems: Sequence[str]) -> list[str]:
    """One free username for each stem, in order."""
    wanted = Counter(stems)
    free: dict[str, list[str]] = {name: [] for name in wanted}
    tried = dict.fromkeys(wanted, 0)
    while missing := [name for name in wanted if len(free[name]) < wanted[name]]:
        candidates = {name: _next_numbers(tried[name], wanted[name]) for name in missing}
        taken = _taken([numbered(name, number) for name, numbers in candidates.items() for number in numbers])
        for name, numbers in candidates.items():
            free[name] += [each for number in numbers if (each := numbered(name, number)) not in taken]
            tried[name] = numbers[-1]
    names = {name: iter(found) for name, found in free.items()}
    return [next(names[name]) for name in stems]


def _next_numbers(tried: int, wanted: int) -> range:
    """Numbers to ask for: as many as wanted at first, then more and more, for the most common names of a region."""
    return range(tried + 1, tried + wanted + 2 * tried + 1)


def _taken(usernames: list[str]) -> set[str]:
    return set(User.objects.filter(username__in=usernames).values_list("username", flat=True))
