"""What goes to the GAR when somebody signs on there, and its lines on the console of the school."""

from typing import Any

from django.test import Client

from pupitre.establishments.scope import scope
from pupitre.integrations.gar.tests.gestures import enrolled, make_access
from pupitre.integrations.services.services.outcomes import disclose
from pupitre.integrations.services.tests.factories import open_service

GAR: dict[str, Any] = {"name": "GAR", "release": "gar", "address": "https://gar.exemple.fr/"}


def test_the_number_of_the_ent_goes_beside_that_of_the_person(cast, tuesday):
    make_access(cast)
    connector = open_service(cast, **GAR)
    with scope(cast.college.pk):
        told = disclose(connector, person_id=cast.people["eleve"].pk)
    assert told.attributes == (("GARPersonIdentifiant", [told.user]), ("idEnt", ["ENTTEST"]))


def test_without_an_access_of_its_academy_the_number_is_left_out(cast, tuesday):
    make_access(cast, academies=["18"])
    connector = open_service(cast, **GAR)
    with scope(cast.college.pk):
        told = disclose(connector, person_id=cast.people["eleve"].pk)
    assert [name for name, _values in told.attributes] == ["GARPersonIdentifiant"]


def test_the_console_tells_how_the_school_stands(cast, tuesday):
    client = cast.sign_in(Client(), "principal")
    page = client.get(f"/{cast.college.uai}/services/").content.decode()
    assert "Pas encore inscrit" in page
    assert "L’académie n’a pas encore réglé son accès" in page
    make_access(cast)
    enrolled(cast)
    open_service(cast, **GAR)
    page = client.get(f"/{cast.college.uai}/services/").content.decode()
    assert "Inscrit" in page
    assert "GAR\u00a0: ressources de chacun" in page
