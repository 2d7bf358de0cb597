"""A school morning at the collège of the cast, for the tests of this room."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.establishments.scope import scope
from tests.cast import Cast


@pytest.fixture
def college(cast: Cast, tuesday: object) -> Iterator[Cast]:
    """The collège open, on a Tuesday at 10:20."""
    with scope(cast.college.pk):
        yield cast


@pytest.fixture
def client_of(college: Cast) -> Callable[[str], Client]:
    """A browser signed in as somebody."""
    return lambda slug: college.sign_in(Client(), slug)


@pytest.fixture
def at(college: Cast) -> Callable[..., str]:
    """The address of a page of the room at the collège."""
    return lambda name, *args: reverse(f"booking:{name}", args=[college.college.uai, *args])
