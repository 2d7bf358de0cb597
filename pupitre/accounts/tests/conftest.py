import datetime as dt
from dataclasses import dataclass

import pytest

from pupitre.accounts.models import User
from tests.cast import Cast

PASSWORD = "trois mots bien choisis"


@dataclass(frozen=True)
class Proof:
    """What is asked beside a code."""

    dates: tuple[dt.date, ...] = ()
    is_child: bool = False


@pytest.fixture
def parent(cast: Cast, tuesday: object) -> User:
    """Nadia's account, with a password and an address."""
    return _with_password(cast, "parent")


@pytest.fixture
def teacher(cast: Cast, tuesday: object) -> User:
    """Hélène's account, which is a staff account."""
    return _with_password(cast, "enseignante")


def _with_password(cast: Cast, slug: str) -> User:
    user = cast.people[slug].user
    assert user is not None
    user.refresh_from_db()
    user.set_password(PASSWORD)
    user.email = f"{slug}@exemple.invalid"
    user.save()
    return user
