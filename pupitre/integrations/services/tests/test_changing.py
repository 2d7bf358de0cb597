"""A registered service that changes, and what was given to it."""

from typing import Any

import pytest
from django.test import Client

from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import NoScope, current_establishment_id, scope
from pupitre.foundation.models import AuditEntry
from pupitre.integrations.services.models import Connector, Disclosure, OutsideCopy, Service
from pupitre.integrations.services.outside import Answer
from pupitre.integrations.services.services import outcomes
from pupitre.integrations.services.services.changing import change_service
from pupitre.integrations.services.services.copying import read_with
from pupitre.integrations.services.services.outcomes import agree, failed
from pupitre.integrations.services.tests.factories import MOODLE, admin_of, open_service

NEW = "https://cours.exemple.example/"


@pytest.fixture
def moodle(cast, tuesday) -> Connector:
    return open_service(cast, profiles=[Profile.STUDENT, Profile.TEACHER])


def _change(cast, service: Service, **facts: str) -> set[str]:
    told = {
        "name": service.name, "purpose": service.purpose, "address": f"{service.origin}{service.path}",
        "launch_url": service.launch_url, "release": service.release, "proxy_callback": "", **facts,
    }  # fmt: skip
    with scope(cast.college.pk):
        return change_service(service, actor=admin_of(cast), **told)


def test_another_address_forgets_what_was_noted_of_the_old_one(cast, moodle):
    with scope(cast.college.pk):
        failed(moodle.pk, "timeout")
    assert "origin" in _change(cast, moodle.service, address=NEW, launch_url="")
    service = Service.objects.get(pk=moodle.service_id)
    assert (service.origin, service.launch_url) == ("https://cours.exemple.example", NEW)
    with scope(cast.college.pk):
        assert Connector.objects.get(pk=moodle.pk).last_failure == ""
        detail = AuditEntry.objects.get(verb="services.change").detail
    assert detail["changed"] == ["launch_url", "origin"]
    assert (detail["before"], detail["origin"]) == ("https://moodle.exemple.example", "https://cours.exemple.example")


def test_a_change_is_noted_when_there_is_one(cast, moodle):
    assert _change(cast, moodle.service, name="Moodle du collège") == {"name"}
    assert _change(cast, moodle.service) == set()
    with scope(cast.college.pk):
        assert AuditEntry.objects.filter(verb="services.change").count() == 1


def test_another_model_asks_everybody_again(cast, moodle):
    with scope(cast.college.pk):
        agree(moodle, person_id=cast.people["eleve"].pk)
    _change(cast, moodle.service, release="none")
    service = Service.objects.get(pk=moodle.service_id)
    assert (service.attributes, service.identifier) == ([], "pseudonym")
    with scope(cast.college.pk):
        assert Disclosure.objects.get().agreed_at is None


@pytest.mark.parametrize("reader", ["pronote", "moodle"])
def test_leaving_a_model_stops_what_is_read_by_it_alone(cast, tuesday, reader):
    connector = open_service(cast, release="pronote")
    with scope(cast.college.pk):
        read_with(connector, actor=admin_of(cast), reader=reader)
        OutsideCopy.objects.create(connector=connector, person=cast.people["eleve"])
    _change(cast, connector.service, release="generic")
    with scope(cast.college.pk):
        connector.refresh_from_db()
        kept = OutsideCopy.objects.count()
    assert (connector.reader, bool(connector.read_for), kept) == (
        ("", False, 0) if reader == "pronote" else (reader, True, 1)
    )


def test_the_page_changes_and_tries_the_new_address(cast, moodle):
    head = cast.sign_in(Client(), "principal")
    at = f"/0990001N/services/{moodle.service_id}/"
    assert f'href="{at}modifier/"' in head.get(at).content.decode()
    page = head.get(f"{at}modifier/").content.decode()
    assert 'value="https://moodle.exemple.example/"' in page
    typed = {"nom": "Moodle", "adresse": "https://nulle-part.invalid/", "modele": "generic"}
    page = head.post(f"{at}modifier/", typed, follow=True).content.decode()
    assert "ne répond pas à sa nouvelle adresse" in page
    assert "Le nom de ce serveur n’existe pas." in page
    page = head.post(f"{at}modifier/", typed, follow=True).content.decode()
    assert "Rien n’a été changé." in page


def test_nothing_is_written_before_the_new_address_answered(cast, moodle, monkeypatch):
    seen = []

    def answer(address: Any, **_more: Any) -> Answer:
        with pytest.raises(NoScope):
            current_establishment_id()
        seen.append((address.origin, Service.objects.get(pk=moodle.service_id).origin))
        return Answer(200, b"")

    monkeypatch.setattr(outcomes, "call", answer)
    typed = {"nom": "Moodle", "adresse": NEW, "modele": "generic"}
    page = cast.sign_in(Client(), "principal").post(
        f"/0990001N/services/{moodle.service_id}/modifier/", typed, follow=True
    )
    assert seen == [("https://cours.exemple.example", "https://moodle.exemple.example")]
    assert "https://cours.exemple.example" in page.content.decode()


def test_no_school_is_open_while_a_service_is_tried(cast, moodle, monkeypatch):
    def answer(_address: Any, **_more: Any) -> Answer:
        with pytest.raises(NoScope):
            current_establishment_id()
        return Answer(200, b"")

    monkeypatch.setattr(outcomes, "call", answer)
    at = f"/0990001N/services/{moodle.service_id}/essayer/"
    assert cast.sign_in(Client(), "principal").post(at)["Location"].endswith("?dit=repond")
    assert cast.sign_in(Client(), "eleve").post(at).status_code == 404


def test_what_is_wrong_stays_typed_and_an_address_left_behind_is_seen(cast, moodle):
    head = cast.sign_in(Client(), "principal")
    at = f"/0990001N/services/{moodle.service_id}/modifier/"
    answer = head.post(at, {"nom": "Mon Moodle", "adresse": "moodle", "modele": "generic"})
    assert answer.status_code == 422
    assert 'value="Mon Moodle"' in answer.content.decode()
    left = {"nom": "Moodle", "adresse": NEW, "ouverture": f"{MOODLE}login/", "modele": "generic"}
    answer = head.post(at, left)
    assert answer.status_code == 422
    assert "encore l’ancienne" in answer.content.decode()


@pytest.mark.parametrize(
    ("key", "said"), [("esidoc", "https://0990001n.esidoc.fr/"), ("cantine", "Cantine"), ("x", "Ajouter")]
)
def test_usual_services_come_half_written(cast, tuesday, key, said):
    page = cast.sign_in(Client(), "referent").get(f"/0990001N/services/ajouter/?modele={key}").content.decode()
    assert said in page
