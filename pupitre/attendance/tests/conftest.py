"""A school morning at the collège of the cast, for the tests of this room."""

from collections.abc import Iterator

import pytest

from pupitre.attendance.tests.factories import acting
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
def teacher(cast: Cast) -> Actor:
    return acting(cast, "enseignante", Profile.TEACHER)


@pytest.fixture
def colleague(cast: Cast) -> Actor:
    return acting(cast, "collegue", Profile.TEACHER)


@pytest.fixture
def cpe(cast: Cast) -> Actor:
    return acting(cast, "cpe", Profile.SCHOOL_LIFE)


@pytest.fixture
def head(cast: Cast) -> Actor:
    return acting(cast, "principal", Profile.HEAD)


@pytest.fixture
def parent(cast: Cast) -> Actor:
    return acting(cast, "parent", Profile.GUARDIAN)
