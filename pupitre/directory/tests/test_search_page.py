"""The directory's search page: what it says of many people, of few, of none."""

import pytest
from django.urls import reverse

from pupitre.directory.queries import SHOWN
from pupitre.directory.tests.factories import PersonFactory, enrol
from pupitre.establishments.scope import scope


@pytest.fixture
def page(cast, client, tuesday):
    """What the CPE reads when they look for a text or a profile."""
    cast.sign_in(client, "cpe")

    def read(**query: str) -> str:
        address = reverse("directory:search", kwargs={"uai": cast.college.uai})
        return client.get(address, query).content.decode().replace("\N{NO-BREAK SPACE}", " ")

    return read


def test_a_list_that_stops_says_that_it_stops(cast, page):
    with scope(cast.college.pk):
        for number in range(SHOWN):
            enrol(PersonFactory(last_name=f"DUVAL {number}"), cast.groups["4B"])
    assert f"Les {SHOWN} premières personnes" in page(profil="student")
    assert f"Les {SHOWN} premières personnes" in page(q="duval")


def test_a_whole_list_says_how_many_people(page):
    shown = page(profil="student")
    assert "2 personnes" in shown
    assert "écrivez le nom" not in shown


def test_a_name_nobody_bears_and_a_profile_nobody_has_are_not_the_same(cast, page):
    assert "Personne ne porte ce nom ici" in page(q="zzyzx")
    cast.people["principal"].affiliations.all().delete()
    assert "Personne pour l’instant" in page(profil="head")


@pytest.mark.parametrize("route", ["directory:search", "directory:rights", "accounts_of_school:activation"])
def test_a_null_byte_in_an_address_is_a_blank(cast, client, tuesday, route):
    address = reverse(route, kwargs={"uai": cast.college.uai})
    answer = cast.sign_in(client, "principal").get(f"{address}?q=bensaid%00karim")
    assert answer.status_code == 200
    assert "Karim Bensaïd" in answer.content.decode()
