"""The collège of the cast at the end of its first term, for the tests of this room."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from pupitre.directory.models import FormTeacher, Student
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.directory.tests.factories import FIRST_DAY
from pupitre.establishments.models import Term
from pupitre.establishments.scope import scope
from pupitre.foundation.actor import Actor
from pupitre.integrations.lsu.tests import factories
from tests.cast import Cast


@pytest.fixture
def college(cast: Cast, tuesday: object) -> Iterator[Cast]:
    """The collège open, on a Tuesday at 10:20."""
    with scope(cast.college.pk):
        yield cast


@pytest.fixture
def head(cast: Cast) -> Actor:
    return acting(cast, "principal", Profile.HEAD)


@pytest.fixture
def teacher(cast: Cast) -> Actor:
    return acting(cast, "enseignante", Profile.TEACHER)


@pytest.fixture
def term(college: Cast, teacher: Actor) -> Term:
    """The first term, where Inès is complete and her brother is not."""
    # Not in the factory, which doors use too: it would change what others read.
    FormTeacher.objects.create(
        establishment=college.college,
        group=college.groups["4B"],
        person=college.people["enseignante"],
        starts_on=FIRST_DAY,
    )
    return factories.ready(college, teacher)


@pytest.fixture
def ines(college: Cast) -> Student:
    found: Student = Student.objects.get(person=college.people["eleve"])
    return found


@pytest.fixture
def client_of(college: Cast) -> Callable[[str], Client]:
    """A browser signed in as somebody."""
    return lambda slug: college.sign_in(Client(), slug)


def acting(cast: Cast, slug: str, profile: str) -> Actor:
    """Somebody of the cast acting in the collège with one profile."""
    person, profiles = cast.people[slug], frozenset({str(profile)})
    return Actor(person.user_id or 0, person.pk, cast.college.pk, cast.college.uai, profiles, capabilities_of(profiles))
