import pytest
from django.test import Client

from pupitre.directory.models import Affiliation
from pupitre.establishments.models import Establishment
from tests.cast import Cast

pytestmark = pytest.mark.django_db
_FORM = {"uai": "0999930f", "name": "Collège neuf", "town": "Valmont", "kind": "college"}


def test_the_academy_opens_a_school_and_goes_to_its_imports(cast: Cast, client: Client) -> None:
    cast.sign_in(client, "academie")
    answer = client.post("/etablissements/", _FORM)
    assert answer["Location"] == "/0999930F/imports/"
    assert client.get("/0999930F/imports/").status_code == 200
    profiles = Affiliation.objects.filter(establishment__uai="0999930F").values_list("profile", flat=True)
    assert set(profiles) == {"academy_admin", "local_admin"}


def test_a_wrong_letter_is_said_and_what_was_typed_stays(cast: Cast, client: Client) -> None:
    cast.sign_in(client, "academie")
    answer = client.post("/etablissements/", _FORM | {"uai": "0999930A"})
    assert answer.status_code == 422
    assert "la lettre ne va pas avec les chiffres" in answer.text
    assert "Collège neuf" in answer.text
    assert not Establishment.objects.filter(uai="0999930A").exists()


def test_an_open_school_is_not_opened_twice(cast: Cast, client: Client) -> None:
    cast.sign_in(client, "academie")
    answer = client.post("/etablissements/", _FORM | {"uai": cast.college.uai})
    assert "déjà ouvert" in answer.text


@pytest.mark.parametrize("who", ["principal", "secretaire", "parent", "eleve"])
def test_for_the_others_the_page_does_not_exist(cast: Cast, client: Client, who: str) -> None:
    cast.sign_in(client, who)
    assert client.get("/etablissements/").status_code == 404
    assert client.post("/etablissements/", _FORM).status_code == 404
