"""A school morning at the collège of the cast, for the tests of this room."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.directory.models import Student
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.directory.tests.factories import PersonFactory, enrol
from pupitre.establishments.scope import scope
from pupitre.foundation.actor import Actor
from pupitre.gradebook.models import Assessment
from pupitre.gradebook.tests.factories import assessed, course_of
from tests.cast import Cast


@pytest.fixture
def college(cast: Cast, tuesday: object) -> Iterator[Cast]:
    """The collège open, on a Tuesday at 10:20."""
    with scope(cast.college.pk):
        yield cast


@pytest.fixture
def acting(cast: Cast) -> Callable[[str, str], Actor]:
    """Somebody of the cast acting in the collège with one profile."""

    def act(slug: str, profile: str) -> Actor:
        person, profiles = cast.people[slug], frozenset({str(profile)})
        user_id = person.user_id or 0
        return Actor(user_id, person.pk, cast.college.pk, cast.college.uai, profiles, capabilities_of(profiles))

    return act


@pytest.fixture
def teacher(acting: Callable[[str, str], Actor]) -> Actor:
    return acting("enseignante", Profile.TEACHER)


@pytest.fixture
def head(acting: Callable[[str, str], Actor]) -> Actor:
    return acting("principal", Profile.HEAD)


@pytest.fixture
def ines(college: Cast) -> Student:
    found: Student = Student.objects.get(person=college.people["eleve"])
    return found


@pytest.fixture
def malo(college: Cast) -> Student:
    """A classmate."""
    return enrol(PersonFactory(last_name="GUÉRIN", first_name="Malo"), college.groups["4B"])


@pytest.fixture
def assessment(college: Cast) -> Assessment:
    """Mathematics of the 4B, out of twenty."""
    return assessed(course_of(college.groups["4B"]))


@pytest.fixture
def client_of(college: Cast) -> Callable[[str], Client]:
    """A browser signed in as somebody."""
    return lambda slug: college.sign_in(Client(), slug)


@pytest.fixture
def at(college: Cast) -> Callable[..., str]:
    """The address of a page of the room at the collège."""
    return lambda name, *args: reverse(f"gradebook:{name}", args=[college.college.uai, *args])
