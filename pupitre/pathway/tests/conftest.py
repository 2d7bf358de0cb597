"""The collège of the cast on its Tuesday; Mme Roussel is the form teacher of the 4B."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.directory.models import FormTeacher, Student
from pupitre.directory.profiles import Profile, capabilities_of, given_by
from pupitre.establishments.scope import scope
from pupitre.foundation.actor import Actor
from tests.cast import Cast


@pytest.fixture
def college(cast: Cast, tuesday: object) -> Iterator[Cast]:
    with scope(cast.college.pk):
        FormTeacher(group=cast.groups["4B"], person=cast.people["enseignante"], starts_on=dt.date(2026, 9, 1)).save()
        yield cast


@pytest.fixture
def ines(college: Cast) -> Student:
    found: Student = Student.objects.get(person=college.people["eleve"])
    return found


@pytest.fixture
def acting(college: Cast) -> Callable[..., Actor]:
    """Somebody of the cast acting in the collège with one profile."""

    def act(slug: str, profile: str, function: str = "") -> Actor:
        person, profiles = college.people[slug], frozenset({str(profile)})
        rights = capabilities_of(profiles, given_by(profile, function))
        return Actor(person.user_id or 0, person.pk, college.college.pk, college.college.uai, profiles, rights)

    return act


@pytest.fixture
def form_teacher(acting: Callable[..., Actor]) -> Actor:
    return acting("enseignante", Profile.TEACHER)


@pytest.fixture
def counsellor(acting: Callable[..., Actor]) -> Actor:
    return acting("cpe", Profile.SCHOOL_LIFE, "CPE")


@pytest.fixture
def client_of(college: Cast) -> Callable[[str], Client]:
    return lambda slug: college.sign_in(Client(), slug)


@pytest.fixture
def page(college: Cast, ines: Student) -> str:
    """The address of the path of Inès."""
    return reverse("pathway:student", args=[college.college.uai, ines.pk])
