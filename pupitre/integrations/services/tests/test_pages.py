"""The console of a school, and everyone's launcher."""

import pytest
from django.test import Client
from lxml import html

from pupitre.establishments.scope import scope
from pupitre.foundation.models import AuditEntry
from pupitre.integrations.services.models import Connector, Service
from pupitre.integrations.services.services.outcomes import disclose, failed
from pupitre.integrations.services.tests.factories import make_service, open_service
from tests.statements import statements_of

FORM = {
    "nom": "e-sidoc",
    "usage": "Le CDI en ligne",
    "protocole": "cas",
    "adresse": "https://0990001n.esidoc.example/",
    "modele": "esidoc",
}


@pytest.fixture
def client(cast) -> Client:
    return cast.sign_in(Client(), "referent")


def test_a_service_is_registered_then_opened_to_a_class_less_an_attribute(cast, client):
    answer = client.post(f"/{cast.college.uai}/services/ajouter/", FORM)
    service = Service.objects.get()
    assert answer["Location"] == f"/{cast.college.uai}/services/{service.pk}/"
    assert (service.origin, service.path, service.establishment) == (
        "https://0990001n.esidoc.example",
        "/",
        cast.college,
    )
    division = cast.groups["4B"].pk
    chosen = {"ouvert": "on", "profils": ["student", "teacher"], "classes": [division], "retenus": ["ENTPersonNom"]}
    answer = client.post(answer["Location"], chosen)
    page = client.get(answer["Location"]).content.decode()
    assert "Les réglages sont enregistrés" in page
    with scope(cast.college.pk):
        connector = Connector.objects.get()
        assert (connector.is_on, connector.profiles, connector.withheld) == (
            True,
            ["student", "teacher"],
            ["ENTPersonNom"],
        )
        assert [each.group_id for each in connector.groups.all()] == [division]
        assert set(AuditEntry.objects.values_list("verb", flat=True)) == {"services.register", "services.set"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"adresse": "https://moi@esidoc.example/"}, "Cette adresse ne convient pas"),
        ({"adresse": ""}, "Il manque l’adresse"),
        ({"nom": ""}, "Il manque le nom"),
        ({"modele": "tout"}, "Sélectionnez un choix valide"),
        ({"ouverture": "http://esidoc.example/"}, "Cette adresse ne convient pas"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(cast, client, wrong, said):
    answer = client.post(f"/{cast.college.uai}/services/ajouter/", FORM | wrong)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Le CDI en ligne" in text
    assert said in text
    assert not Service.objects.exists()


def test_the_academy_proposes_to_its_schools_only(cast):
    academy = cast.sign_in(Client(), "academie")
    academy.post(f"/{cast.college.uai}/services/ajouter/", FORM)
    service = Service.objects.get()
    assert (service.establishment, service.academy) == (None, "15")
    cast.neighbour.academy = "19"
    cast.neighbour.save()
    from pupitre.foundation.access import allowed
    from pupitre.integrations.services.tests.factories import admin_of

    for place, count in (("college", 1), ("lycee", 1), ("neighbour", 0)):
        actor = admin_of(cast, place)
        seen = allowed(
            type(actor)(
                actor.user_id,
                actor.person_id,
                actor.establishment_id,
                actor.uai,
                actor.profiles,
                frozenset({"services.view"}),
            ),
            "services.view_service",
            Service.objects.all(),
        )
        assert seen.count() == count


def test_the_switch_wants_to_know_for_whom(cast, client):
    service = make_service(cast)
    answer = client.post(f"/{cast.college.uai}/services/{service.pk}/basculer/", {"ouvert": "oui"}, follow=True)
    assert "Choisissez d’abord à qui" in answer.content.decode()
    connector = open_service(cast, service=service)
    answer = client.post(f"/{cast.college.uai}/services/{service.pk}/basculer/", {"ouvert": "non"}, follow=True)
    assert "Le service est fermé" in answer.content.decode()
    with scope(cast.college.pk):
        connector.refresh_from_db()
        assert not connector.is_on
        assert connector.profiles


def test_a_trial_says_why_the_service_does_not_answer(cast, client):
    service = make_service(cast, address="https://n-existe-pas.invalid/")
    answer = client.post(f"/{cast.college.uai}/services/{service.pk}/essayer/", follow=True)
    assert "Le nom de ce serveur n’existe pas." in answer.content.decode()


def test_the_launcher_shows_what_each_service_receives_of_me(cast):
    connector = open_service(cast, profiles=["student"], withheld=["login"])
    page = cast.sign_in(Client(), "eleve").get("/mes-services/").content.decode()
    assert "Moodle" in page
    assert "reçoit de toi" in page
    assert "Rien n’a encore été transmis" in page
    assert "un numéro, tiré à la première visite" in page
    with scope(cast.college.pk):
        told = disclose(connector, person_id=cast.people["eleve"].pk)
    tree = html.document_fromstring(cast.sign_in(Client(), "eleve").get("/mes-services/").content)
    shown = [node.text for node in tree.iterfind(".//section//details//small")]
    assert shown == [told.user, "BELKACEM", "Inès", "Inès Belkacem", "Élève", cast.college.uai, "4B"]
    assert "Aucun service" in cast.sign_in(Client(), "enseignante").get("/mes-services/").content.decode()


def test_the_console_tells_every_connector_and_its_last_failure(cast, client):
    connector = open_service(cast)
    pronote = open_service(cast, name="PRONOTE", release="pronote", address="https://0990001n.notes.example/pronote/")
    with scope(cast.college.pk):
        failed(connector.pk, "timeout")
    page = client.get(f"/{cast.college.uai}/services/").content.decode()
    assert "Le serveur met trop longtemps à répondre." in page
    assert "PRONOTE\u00a0: lecture pour l’accueil" in page
    assert "Moodle\u00a0: comptes et cours" in page
    assert "Reçoit\u00a0: identifiant de connexion" in page
    assert f"/{cast.college.uai}/pronote/{pronote.service_id}/essayer/" in page
    assert len(statements_of(lambda: client.get(f"/{cast.college.uai}/services/"))) <= 9


def test_a_gesture_of_the_console_leads_back_to_it(cast, client):
    service = open_service(cast).service
    at = f"/{cast.college.uai}/services/{service.pk}/basculer/"
    answer = client.post(at, {"ouvert": "non", "retour": "liste"}, follow=True)
    assert answer.redirect_chain[-1][0].startswith(f"/{cast.college.uai}/services/?")
    assert "Moodle\u00a0: Le service est fermé" in answer.content.decode()
