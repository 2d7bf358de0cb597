"""A school morning at the collège of the cast, the 4B before its first council."""

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.councils.tests.factories import marked_class, plan, read_by
from pupitre.directory.models import FormTeacher, Group, Student
from pupitre.directory.profiles import Profile
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
    return lambda slug, profile, function="": read_by(cast, slug, profile, function)


@pytest.fixture
def teacher(acting: Callable[..., Actor]) -> Actor:
    """Mme Roussel, form teacher of the 4B."""
    return acting("enseignante", Profile.TEACHER)


@pytest.fixture
def colleague(acting: Callable[..., Actor]) -> Actor:
    """M. Lemoine, who teaches French there."""
    return acting("collegue", Profile.TEACHER)


@pytest.fixture
def head(acting: Callable[..., Actor]) -> Actor:
    return acting("principal", Profile.HEAD)


@pytest.fixture
def division(college: Cast) -> Group:
    return college.groups["4B"]


@pytest.fixture
def term(college: Cast) -> Term:
    return first_term()


@pytest.fixture
def ines(college: Cast) -> Student:
    found: Student = Student.objects.select_related("person").get(person=college.people["eleve"])
    return found


@pytest.fixture
def malo(college: Cast) -> Student:
    """A classmate."""
    return enrol(PersonFactory(last_name="GUÉRIN", first_name="Malo", sex="M"), college.groups["4B"])


@pytest.fixture
def maths(college: Cast) -> Course:
    return course_of(college.groups["4B"])


@pytest.fixture
def french(college: Cast) -> Course:
    return course_of(college.groups["4B"], "020700")


@pytest.fixture
def marks(ines: Student, malo: Student, maths: Course, french: Course) -> None:
    """Inès 15 and 13, Malo 8 and 10."""
    marked_class({ines: (Decimal(15), Decimal(13)), malo: (Decimal(8), Decimal(10))}, maths, french)


@pytest.fixture
def planned(division: Group, term: Term, head: Actor) -> object:
    """Its council in the calendar, today from 10 h to 11 h, room 204."""
    return plan(division, term, head)


@pytest.fixture
def client_of(college: Cast) -> Callable[[str], Client]:
    """A browser signed in as somebody."""
    return lambda slug: college.sign_in(Client(), slug)


@pytest.fixture
def at(college: Cast, term: Term, division: Group) -> Callable[..., str]:
    """The address of a page of the council of the 4B in the first term."""
    return lambda name, *args: reverse(f"councils:{name}", args=[college.college.uai, term.pk, division.pk, *args])
