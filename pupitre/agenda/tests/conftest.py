"""A school morning at the collège of the cast, for the tests of this room."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.agenda.tests.factories import acting
from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import scope
from pupitre.foundation.actor import Actor
from tests.cast import Cast


@pytest.fixture
def college(cast: Cast, tuesday: object) -> Iterator[Cast]:
    """The collège open, on a Tuesday at 10:20."""
    with scope(cast.college.pk):
        yield cast


@pytest.fixture
def student(cast: Cast) -> Actor:
    return acting(cast, "eleve", Profile.STUDENT)


@pytest.fixture
def teacher(cast: Cast) -> Actor:
    return acting(cast, "enseignante", Profile.TEACHER)


@pytest.fixture
def colleague(cast: Cast) -> Actor:
    return acting(cast, "collegue", Profile.TEACHER)


@pytest.fixture
def head(cast: Cast) -> Actor:
    return acting(cast, "principal", Profile.HEAD)


@pytest.fixture
def parent(cast: Cast) -> Actor:
    return acting(cast, "parent", Profile.GUARDIAN)


@pytest.fixture
def client_of(college: Cast) -> Callable[[str], Client]:
    """A browser signed in as somebody."""
    return lambda slug: college.sign_in(Client(), slug)


@pytest.fixture
def at(college: Cast) -> Callable[..., str]:
    """The address of a page of the room at the collège."""
    return lambda name, *args: reverse(f"agenda:{name}", args=[college.college.uai, *args])
