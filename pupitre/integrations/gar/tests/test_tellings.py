"""What a delivery told of each person: written once it left, read by them and by whoever answers for them."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from pupitre.directory.models import Affiliation, Person
from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.gar.models import Access, Telling
from pupitre.integrations.gar.services.delivering import begin, deliver
from pupitre.integrations.gar.services.enrolling import withdraw
from pupitre.integrations.gar.services.reading import forget_old
from pupitre.integrations.gar.tests.gestures import acting, enrolled, named

MINE = "/mes-services/"


def _deliver(access: Access, **options: bool) -> None:
    deliver(begin(access, asked_by=None), **options)


def _of(cast: Any, slug: str) -> Telling:
    with scope(cast.college.pk):
        found: Telling = Telling.objects.get(person=cast.people[slug])
    return found


@pytest.fixture
def delivered(cast: Any, access: Access) -> Access:
    enrolled(cast)
    named(cast)
    _deliver(access)
    return access


def test_each_person_who_was_told_has_a_line_with_what_was_told(cast, delivered):
    with scope(cast.college.pk):
        assert Telling.objects.count() == 8
    ines = _of(cast, "eleve")
    assert (ines.until_at, ines.first_at) == (None, clock.now())
    assert {"identity", "groups"} <= set(ines.facts)
    assert "mail" not in ines.facts
    assert {"identity", "mail", "assigner"} <= set(_of(cast, "collegue").facts)
    with scope(cast.lycee.pk):
        assert not Telling.objects.exists()


def test_nothing_is_noted_of_a_delivery_that_did_not_leave(cast, access, box):
    enrolled(cast)
    box.is_full = True
    _deliver(access)
    with scope(cast.college.pk):
        assert not Telling.objects.exists()


def test_the_next_night_writes_what_changed_alone(cast, delivered):
    with clock.at("2026-11-25T01:15"):
        _deliver(delivered)
    assert _of(cast, "eleve").changed_at == clock.now()
    Person.objects.filter(pk=cast.people["eleve"].pk).update(birth_date=None, sex="")
    with clock.at("2026-11-26T01:15"):
        _deliver(delivered)
        changed_at = clock.now()
    ines = _of(cast, "eleve")
    assert (ines.changed_at, ines.first_at) == (changed_at, clock.now())
    assert not {"birth_date", "civility"} & set(ines.facts)


def test_whoever_is_told_no_more_and_a_school_that_left_are_said_so_then_forgotten(cast, delivered):
    yesterday = clock.today() - dt.timedelta(days=1)
    Affiliation.objects.filter(person=cast.people["eleve"].pk, profile=Profile.STUDENT).update(ends_on=yesterday)
    _deliver(delivered)
    assert _of(cast, "eleve").until_at == clock.now()
    assert _of(cast, "frere").until_at is None
    enrolled(cast, cast.lycee)
    with scope(cast.college.pk):
        withdraw(actor=acting(cast, "principal", Profile.HEAD))
    _deliver(delivered, even_fewer=True)
    assert _of(cast, "frere").until_at == clock.now()
    with clock.at("2028-01-15T03:00"):
        forget_old()
    with scope(cast.college.pk):
        assert not Telling.objects.exists()


def test_my_services_say_it_to_the_student_and_to_their_guardian(cast, delivered):
    ines = cast.sign_in(Client(), "eleve").get(MINE).content.decode()
    assert "Ce que l’établissement lui transmet de toi" in ines
    assert "Classe et groupes" in ines
    assert "Transmis chaque nuit depuis le" in ines
    child = cast.people["eleve"]
    parent = cast.sign_in(Client(), "parent").get(MINE).content.decode()
    assert f"GAR, pour {child}" in parent
    assert "transmet de vous" not in parent, "families are not told to the GAR"
    stranger = cast.sign_in(Client(), "parent-voisin").get(MINE).content.decode()
    assert str(child) not in stranger
