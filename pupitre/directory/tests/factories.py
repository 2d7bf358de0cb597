"""People and groups for tests. Everything walled is made inside an open scope."""

import datetime as dt
from typing import Any

import factory

from pupitre.accounts.models import User
from pupitre.directory import names
from pupitre.directory.models import Affiliation, Group, Guardianship, Membership, Person, Student, Subject
from pupitre.directory.profiles import STAFF, Profile
from pupitre.establishments.models import Establishment, SchoolYear
from pupitre.foundation import clock

YEAR = 2026
FIRST_DAY = dt.date(YEAR, 9, 1)


class EstablishmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Establishment
        django_get_or_create = ("uai",)

    uai = factory.Sequence(lambda n: f"{9990000 + n:07d}A")
    name = "Collège Sophie-Germain"
    short_name = "Collège Sophie-Germain"
    town = "Villebourg"
    kind = Establishment.Kind.COLLEGE
    academy = "15"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"compte{n}")
    display_name = "Une Personne"
    state = User.State.ACTIVE
    created_at = factory.LazyFunction(clock.now)
    password = "!"


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person
        exclude = ("parts",)

    last_name = factory.Sequence(lambda n: f"PERSONNE{n}")
    first_name = "Camille"
    sex = "F"
    parts = factory.LazyAttribute(lambda o: {"last_name": o.last_name, "usage_name": "", "first_name": o.first_name})
    display_name = factory.LazyAttribute(lambda o: names.display_name(**o.parts))
    formal_name = factory.LazyAttribute(lambda o: names.formal_name(**o.parts, sex=o.sex))
    sort_key = factory.LazyAttribute(lambda o: names.sort_key(**o.parts))
    user = factory.SubFactory(UserFactory, display_name=factory.SelfAttribute("..display_name"))


def school_year(establishment: Establishment) -> SchoolYear:
    """The school year of the open school."""
    return SchoolYear.objects.get_or_create(
        establishment=establishment,
        year=YEAR,
        defaults={
            "starts_on": FIRST_DAY,
            "ends_on": dt.date(YEAR + 1, 8, 31),
            "first_monday": dt.date(YEAR, 8, 24),
        },
    )[0]


def affiliate(person: Person, establishment: Establishment, profile: str, function: str = "") -> Affiliation:
    """What a person is in a school since the first day."""
    if profile in STAFF and person.user is not None:
        User.objects.filter(pk=person.user.pk).update(is_staff_account=True)
    return Affiliation.objects.create(
        person=person,
        establishment=establishment,
        profile=profile,
        function=function,
        source="test",
        starts_on=FIRST_DAY,
    )


def enrol(person: Person, *groups: Group) -> Student:
    """A student of the groups' school since the first day."""
    establishment = groups[0].establishment
    affiliate(person, establishment, Profile.STUDENT, groups[0].label)
    student = Student.objects.create(establishment=establishment, person=person, entered_on=FIRST_DAY)
    for group in groups:
        Membership.objects.create(establishment=establishment, student=student, group=group, starts_on=FIRST_DAY)
    return student


def make_group(establishment: Establishment, code: str, kind: str = Group.Kind.DIVISION) -> Group:
    """A group of the school year."""
    year = school_year(establishment)
    return Group.objects.create(establishment=establishment, school_year=year, kind=kind, code=code, label=code)


def make_subject(establishment: Establishment, code: str = "061300", label: str = "Mathématiques") -> Subject:
    """A subject of the school."""
    return Subject.objects.get_or_create(establishment=establishment, code=code, defaults={"label": label})[0]


def make_guardian(guardian: Person, student: Person, establishment: Establishment, **facts: Any) -> Guardianship:
    """A legal guardian unless told otherwise, affiliated to the school."""
    Affiliation.objects.get_or_create(
        person=guardian,
        establishment=establishment,
        profile=Profile.GUARDIAN,
        defaults={"source": "test", "starts_on": FIRST_DAY},
    )
    defaults = {"level": 1, "relation": "10", "source": "test", "starts_on": FIRST_DAY}
    return Guardianship.objects.create(
        establishment=establishment, student=student, guardian=guardian, **{**defaults, **facts}
    )
