"""Giving a closed account back, when its owner has a role again."""

from collections.abc import Iterable

from pupitre.accounts.models import User


def open_again(users: Iterable[User]) -> int:
    """Give closed accounts back as they were: active with their password, or still to be activated; how many there were."""
    closed = [user for user in users if user.state == User.State.CLOSED]
    for user in closed:
        user.state = User.State.ACTIVE if user.activated_at else User.State.CREATED
    User.objects.bulk_update(closed, ["state"], batch_size=1000)
    return len(closed)
