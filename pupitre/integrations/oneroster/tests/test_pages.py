"""What the head and the digital referent see and do, and what everybody sees of it."""

import pytest
from django.test import Client

from pupitre.directory.models import Group
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.models import AuditEntry
from pupitre.integrations.oneroster.models import Receiver, RosterFile
from pupitre.integrations.oneroster.services.forgetting import forget_files
from pupitre.integrations.oneroster.tests.gestures import made, make_receiver, opened
from pupitre.integrations.services.models import Connector, Disclosure
from pupitre.integrations.services.services.outcomes import disclose
from pupitre.integrations.services.tests.factories import open_service
from tests.jobs import run_jobs
from tests.statements import statements_of

UAI = "0990001N"
HOME = f"/{UAI}/oneroster/"


@pytest.fixture
def client(cast):
    return cast.sign_in(Client(), "referent")


def test_a_service_is_added_prepared_and_its_file_taken(cast, client):
    connector = open_service(cast, name="Manuels", protocol="oidc")
    page = client.get(HOME).content.decode()
    assert "Personne pour l’instant" in page
    answer = client.post(f"{HOME}ajouter/", {"service": connector.pk}, follow=True)
    page = answer.content.decode()
    assert "vérifiez ce qu’il recevra" in page
    assert "Numéro propre à ce service, prénom, nom de famille" in page
    assert "Seulement ce qui a changé" not in page
    with scope(cast.college.pk):
        receiver = Receiver.objects.get()
    at = f"{HOME}{receiver.pk}/"
    page = client.post(f"{at}preparer/", {"contenu": "bulk"}, follow=True).content.decode()
    assert "En préparation" in page
    assert 'hx-trigger="every 2s"' in page
    client.post(f"{at}preparer/", {"contenu": "bulk"})
    assert run_jobs() == ["oneroster.make"], "one at a time"
    fragment = client.get(at, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "every 2s" not in fragment
    assert "2\u00a0élèves, 6\u00a0personnels, 5\u00a0classes et enseignements" in fragment
    with scope(cast.college.pk):
        file = RosterFile.objects.get()
        assert not Disclosure.objects.exists(), "nothing is told before it is taken"
    answer = client.post(f"{HOME}fichiers/{file.pk}/")
    assert answer["Content-Disposition"] == f'attachment; filename="{UAI}_oneroster_bulk_20261124_{file.pk}.zip"'
    assert "no-store" in answer["Cache-Control"]
    assert len(opened(answer.content)["users"]) == 8
    with scope(cast.college.pk):
        file.refresh_from_db()
        assert file.taken_at is not None
        assert AuditEntry.objects.filter(verb="oneroster.take_file").count() == 1


def test_people_see_what_a_file_told_of_them(cast, client):
    file = made(cast, make_receiver(cast))
    for _twice in range(2):
        assert client.post(f"{HOME}fichiers/{file.pk}/").status_code == 200
    with scope(cast.college.pk):
        told = Disclosure.objects.get(person=cast.people["eleve"])
        assert (told.times, "oneroster.classes" in told.names) == (1, True)
        assert Disclosure.objects.count() == 8
    page = cast.sign_in(Client(), "eleve").get("/mes-services/").content.decode()
    assert "Par un fichier de ton établissement\u00a0: classe, groupes et matières, prénom, nom de famille" in page
    with scope(cast.college.pk):
        connector = Connector.objects.select_related("service").get(pk=told.connector_id)
        disclose(connector, person_id=cast.people["eleve"].pk)
    page = cast.sign_in(Client(), "eleve").get("/mes-services/").content.decode()
    assert "Par un fichier" in page, "a sign-on tells less, and makes nothing untold"
    assert "Par un fichier" not in cast.sign_in(Client(), "parent").get("/mes-services/").content.decode()


def test_taking_a_file_costs_the_same_for_all(cast, client):
    file = made(cast, make_receiver(cast))
    assert len(statements_of(lambda: client.post(f"{HOME}fichiers/{file.pk}/"))) <= 14


def test_what_is_wrong_is_said_and_what_was_typed_stays(cast, client):
    receiver = make_receiver(cast, profiles=["student", "teacher"])
    at = f"{HOME}{receiver.pk}/"
    answer = client.post(at, {"ine": "on", "raison": "", "responsables": "on"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "la raison est gardée" in page
    assert "n’est pas ouvert aux responsables" in page
    assert 'name="ine" checked' in page
    answer = client.post(at, {"raison": "x" * 301, "ine": "on"})
    assert "trois cents caractères au plus" in answer.content.decode()
    for typed in ({}, {"contenu": "tout"}):
        assert "Choisissez quel fichier" in client.post(f"{at}preparer/", typed).content.decode()
    answer = client.post(f"{at}preparer/", {"contenu": "delta"})
    assert (answer.status_code, "rien à comparer" in answer.content.decode()) == (422, True)
    for wrong in ("", "x", "999999", str(receiver.connector_id)):
        answer = client.post(f"{HOME}ajouter/", {"service": wrong})
        assert (answer.status_code, "Choisissez un service de la liste" in answer.content.decode()) == (422, True)
    with scope(cast.college.pk):
        assert not RosterFile.objects.exists()


def test_what_the_school_keeps_from_a_service_is_not_told_by_a_file(cast, client):
    receiver = make_receiver(cast, release="generic", withheld=["lastName"])
    page = client.get(f"{HOME}{receiver.pk}/").content.decode()
    assert "retient des noms ou des classes" in page
    assert "Préparer le fichier</button>" not in page
    assert client.post(f"{HOME}{receiver.pk}/preparer/", {"contenu": "bulk"}).status_code == 422


def test_a_file_that_could_not_be_made_says_why_on_the_page_and_the_console(cast, client):
    receiver = make_receiver(cast)
    with scope(cast.college.pk):
        Group.objects.update(ends_on="2026-10-01")
    made(cast, receiver)
    assert "Aucune classe n’a d’élève" in client.get(f"{HOME}{receiver.pk}/").content.decode()
    console = client.get(f"/{UAI}/services/").content.decode()
    assert "1\u00a0destinataire" in console
    assert "Un fichier n’a pas pu être préparé" in console


def test_a_file_that_waits_is_void_once_what_it_tells_or_its_service_changes(cast, client):
    receiver = make_receiver(cast)
    waiting, at = made(cast, receiver), f"{HOME}{receiver.pk}/"
    with scope(cast.college.pk):
        Connector.objects.filter(pk=receiver.connector_id).update(is_on=False)
    answer = client.post(f"{HOME}fichiers/{waiting.pk}/")
    assert (answer.status_code, "Le service a été fermé" in answer.content.decode()) == (422, True)
    with scope(cast.college.pk):
        Connector.objects.filter(pk=receiver.connector_id).update(is_on=True)
        assert not Disclosure.objects.exists()
    client.post(at, {"responsables": "on"})
    assert client.post(f"{HOME}fichiers/{waiting.pk}/").status_code == 404
    page = client.get(at).content.decode()
    assert "préparez-le à nouveau" in page
    assert "avec les responsables" in client.get(HOME).content.decode()
    with scope(cast.college.pk):
        waiting.refresh_from_db()
        assert (waiting.data, waiting.people, waiting.state) == (None, {}, "failed")
    assert "Un fichier n’a pas pu" not in client.get(f"/{UAI}/services/").content.decode()
    # The same choice again voids nothing.
    again = made(cast, receiver)
    client.post(at, {"responsables": "on"})
    assert client.post(f"{HOME}fichiers/{again.pk}/").status_code == 200


def test_another_school_its_receivers_and_its_files_do_not_exist(cast, client):
    receiver = make_receiver(cast)
    file = made(cast, receiver)
    with scope(cast.college.pk):
        held = RosterFile.objects.get(pk=file.pk)
    stranger = cast.sign_in(Client(), "enseignante-voisine")
    for address in (f"{HOME}{receiver.pk}/preparer/", f"{HOME}fichiers/{held.pk}/"):
        assert stranger.post(address).status_code == 404
        assert (
            client.post(address.replace(f"/{held.pk}/", "/999999/").replace(f"/{receiver.pk}/", "/999999/")).status_code
            == 404
        )
    assert client.get(f"{HOME}fichiers/{held.pk}/").status_code == 405


def test_a_receiver_that_is_removed_leaves_no_file_and_stays_in_the_log(cast, client):
    receiver = make_receiver(cast)
    file = made(cast, receiver)
    client.post(f"{HOME}fichiers/{file.pk}/")
    assert client.post(f"{HOME}{receiver.pk}/retirer/").status_code == 302
    with scope(cast.college.pk):
        assert not RosterFile.objects.exists()
        assert Connector.objects.filter(pk=receiver.connector_id).exists()
        assert Disclosure.objects.exists()


def test_files_are_forgotten_in_time(cast, client):
    receiver = make_receiver(cast)
    never, taken = made(cast, receiver), made(cast, receiver)
    client.post(f"{HOME}fichiers/{taken.pk}/")
    with clock.at("2026-12-02T05:00"):
        assert client.post(f"{HOME}fichiers/{never.pk}/").status_code == 404
        said = forget_files()
    with scope(cast.college.pk):
        never.refresh_from_db()
        taken.refresh_from_db()
    assert (never.data, never.whole, never.people, never.counts["students"]) == (None, None, {}, 2)
    assert taken.data is None
    assert taken.whole is not None, "what changes next is compared with it"
    assert said
    with clock.at("2027-03-20T05:00"):
        forget_files()
    with scope(cast.college.pk):
        taken.refresh_from_db()
    assert taken.whole is None
    with clock.at("2028-01-20T05:00"):
        forget_files()
    with scope(cast.college.pk):
        assert not RosterFile.objects.exists()
