"""A school morning at the collège of the cast, for the tests of this room."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.directory.models import FormTeacher, Student
from pupitre.directory.profiles import Profile, capabilities_of, given_by
from pupitre.directory.tests.factories import FIRST_DAY, PersonFactory, enrol
from pupitre.establishments.models import Term
from pupitre.establishments.scope import scope
from pupitre.foundation.actor import Actor
from pupitre.gradebook.tests.factories import course_of, first_term
from pupitre.timetable.models import Course
from tests.cast import Cast


@pytest.fixture
def college(cast: Cast, tuesday: object) -> Iterator[Cast]:
    """The collège open, on a Tuesday at 10:20; Mme Roussel is the form teacher of the 4B."""
    with scope(cast.college.pk):
        FormTeacher(group=cast.groups["4B"], person=cast.people["enseignante"], starts_on=FIRST_DAY).save()
        yield cast


@pytest.fixture
def acting(cast: Cast) -> Callable[..., Actor]:
    """Somebody of the cast acting in the collège with one profile."""

    def act(slug: str, profile: str, function: str = "") -> Actor:
        person, profiles = cast.people[slug], frozenset({str(profile)})
        rights = capabilities_of(profiles, given_by(profile, function))
        return Actor(person.user_id or 0, person.pk, cast.college.pk, cast.college.uai, profiles, rights)

    return act


@pytest.fixture
def teacher(acting: Callable[..., Actor]) -> Actor:
    return acting("enseignante", Profile.TEACHER)


@pytest.fixture
def colleague(acting: Callable[..., Actor]) -> Actor:
    return acting("collegue", Profile.TEACHER)


@pytest.fixture
def counsellor(acting: Callable[..., Actor]) -> Actor:
    return acting("cpe", Profile.SCHOOL_LIFE, "CPE")


@pytest.fixture
def head(acting: Callable[..., Actor]) -> Actor:
    return acting("principal", Profile.HEAD)


@pytest.fixture
def guardian(acting: Callable[..., Actor]) -> Actor:
    return acting("parent", Profile.GUARDIAN)


@pytest.fixture
def ines(college: Cast) -> Student:
    found: Student = Student.objects.select_related("person").get(person=college.people["eleve"])
    return found


@pytest.fixture
def malo(college: Cast) -> Student:
    """A classmate."""
    return enrol(PersonFactory(last_name="GUÉRIN", first_name="Malo"), college.groups["4B"])


@pytest.fixture
def term(college: Cast) -> Term:
    return first_term()


@pytest.fixture
def maths(college: Cast) -> Course:
    return course_of(college.groups["4B"])


@pytest.fixture
def client_of(college: Cast) -> Callable[[str], Client]:
    """A browser signed in as somebody."""
    return lambda slug: college.sign_in(Client(), slug)


@pytest.fixture
def at(college: Cast) -> Callable[..., str]:
    """The address of a page of the room at the collège."""
    return lambda name, *args: reverse(f"reportcards:{name}", args=[college.college.uai, *args])
