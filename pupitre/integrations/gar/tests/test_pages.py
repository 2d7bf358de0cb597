"""What the head, the referent and the academy's people see and do."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from pupitre.accounts.tests.conftest import PASSWORD
from pupitre.directory.models import Person
from pupitre.establishments.scope import scope
from pupitre.integrations.gar.models import Access, Assigner, Delivery, Enrolment, Favourite
from pupitre.integrations.gar.sealing import unseal
from pupitre.integrations.gar.tests.gestures import enrolled, make_access, make_certificate, named
from pupitre.integrations.services.models import Pseudonym
from tests.jobs import run_jobs
from tests.statements import statements_of

UAI = "0990001N"
HOME = f"/{UAI}/gar/"
ACCESS = "/gar/"


@pytest.fixture
def head(cast: Any, tuesday: object) -> Client:
    return cast.sign_in(Client(), "principal")


@pytest.fixture
def academy(cast: Any, tuesday: object) -> Client:
    """Denis, of the academy, who has just typed his password."""
    user = cast.people["academie"].user
    user.set_password(PASSWORD)
    user.save()
    client = cast.sign_in(Client(), "academie")
    assert client.post(reverse("accounts:prove"), {"password": PASSWORD}).status_code == 302
    return client


def test_the_head_enrols_the_school_and_takes_it_out(cast, head):
    assert "Pas encore inscrit" in head.get(HOME).content.decode()
    page = head.post(f"{HOME}inscrire/", follow=True).content.decode()
    assert "il sera dans le prochain dépôt" in page
    with scope(cast.college.pk):
        assert Enrolment.objects.get().enrolled_by == cast.people["principal"]
    head.post(f"{HOME}retirer/")
    with scope(cast.college.pk):
        assert not Enrolment.objects.exists()


def test_the_page_says_what_to_mend_and_where(cast, head):
    Person.objects.filter(pk=cast.people["frere"].pk).update(first_name="")
    named(cast, mail="")
    page = head.get(HOME).content.decode()
    assert "Sans prénom\u00a0:" in page
    assert "sans adresse professionnelle" in page
    assert f'href="/{UAI}/imports/"' in page
    assert "Belkacem" in page or "BELKACEM" in page


def test_the_page_is_read_in_few_statements_and_draws_no_number(cast, head):
    head.get(HOME)
    assert len(statements_of(lambda: head.get(HOME))) <= 8
    assert not Pseudonym.objects.exists()


def test_the_head_names_who_assigns_among_the_staff_alone(cast, head):
    at = f"{HOME}responsables/"
    for wrong in ("", "x", str(cast.people["eleve"].pk), str(cast.people["enseignante-voisine"].pk)):
        answer = head.post(at, {"personne": wrong})
        assert answer.status_code == 422
        assert "Choisissez une personne parmi les personnels" in answer.content.decode()
    head.post(at, {"personne": cast.people["collegue"].pk})
    head.post(at, {"personne": cast.people["collegue"].pk})
    with scope(cast.college.pk):
        named = Assigner.objects.get()
    assert "Bruno Lemoine" in head.get(HOME).content.decode()
    head.post(f"{at}{named.pk}/retirer/")
    with scope(cast.college.pk):
        assert not Assigner.objects.exists()


def test_the_referent_follows_and_does_not_choose(cast, tuesday):
    page = cast.sign_in(Client(), "referent").get(HOME).content.decode()
    assert "Le chef d’établissement l’inscrit." in page
    assert "Inscrire l’établissement" not in page


def _settings(**facts: Any) -> dict[str, Any]:
    return {
        "ouvert": "on", "ent": "ENTTEST", "academies": ["15"], "hote": "sftp.exemple.fr", "port": "22",
        "compte": "ent", **facts,
    }  # fmt: skip


def test_the_academy_sets_its_access_and_its_secrets_are_never_shown(cast, academy, box):
    key, certificate = make_certificate("ENTTEST")
    files = {
        "certificat": SimpleUploadedFile("c.pem", certificate.encode()),
        "cle": SimpleUploadedFile("k.pem", key.encode()),
    }
    answer = academy.post(ACCESS, _settings(cle_hote=box.line, ressources="https://ws.exemple.fr/", **files))
    assert answer.status_code == 302, answer.content.decode()
    held = Access.objects.get()
    assert (held.resources_url, held.sftp_host, held.is_on) == ("https://ws.exemple.fr", "sftp.exemple.fr", True)
    assert unseal(held.sealed_certificate_key).decode().strip() == key.strip()
    page = academy.get(ACCESS).content.decode()
    assert "PRIVATE KEY" not in page
    assert held.public_key[:24] in page
    academy.post(ACCESS, _settings(cle_hote=box.line, ressources="https://ws.exemple.fr"))
    held.refresh_from_db()
    assert held.certificate == certificate.strip(), "an empty file keeps what was given"
    _key, other = make_certificate("ENTTEST")
    alone = {"certificat": SimpleUploadedFile("c.pem", other.encode())}
    answer = academy.post(ACCESS, _settings(cle_hote=box.line, ressources="https://ws.exemple.fr", **alone))
    assert answer.status_code == 422
    assert "un autre certificat se donne avec sa clé" in answer.content.decode()
    held.refresh_from_db()
    assert held.certificate == certificate.strip(), "the key that is kept is not its own"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"ent": ""}, "Il manque l’identifiant"),
        ({"ent": "a b"}, "que des lettres"),
        ({"academies": ["18"]}, "18"),
        ({"hote": "https://x.fr/"}, "le nom du serveur seul"),
        ({"cle_hote": "bonjour"}, "pas la clé publique"),
        ({"ressources": "ftp://x"}, "adresse https complète"),
        ({"cle": SimpleUploadedFile("k.pem", b"secret")}, "Il faut un fichier PEM"),
        ({"certificat": SimpleUploadedFile("c.pem", b"-----BEGIN X")}, "ne peut pas être lu"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(academy, facts, said):
    answer = academy.post(ACCESS, _settings(**facts))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert 'value="ent"' in page
    assert not Access.objects.exists()


def test_a_proof_is_asked_before_settings_change(cast, tuesday):
    client = cast.sign_in(Client(), "academie")
    answer = client.post(ACCESS, _settings())
    assert answer["Location"].startswith(reverse("accounts:prove"))
    assert not Access.objects.exists()


def test_the_academy_has_it_delivered_now_and_reads_what_happened(cast, academy, access, box, settings):
    settings.GAR_SCHEMAS = ""
    enrolled(cast)
    page = academy.post(f"{ACCESS}deposer/", follow=True).content.decode()
    assert "En préparation" in page
    academy.post(f"{ACCESS}deposer/")
    assert run_jobs() == ["gar.deliver"]
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.asked_by) == ("sent", cast.people["academie"])
    page = academy.get(ACCESS).content.decode()
    assert "demandé par Denis Keller" in page
    assert "Vérifié par Pupitre seul" in page
    head = cast.sign_in(Client(), "principal")
    assert "2\u00a0élèves, 6\u00a0personnels" in head.get(HOME).content.decode()
    kept = access.public_key
    academy.post(f"{ACCESS}cle/")
    access.refresh_from_db()
    assert access.public_key != kept
    academy.post(f"{ACCESS}comptes-rendus/")
    run_jobs()


def test_another_academy_knows_nothing_of_it(cast, academy):
    make_access(cast, ent_id="AUTRE", academies=["18"])
    assert "AUTRE" not in academy.get(ACCESS).content.decode()
    assert academy.post(f"{ACCESS}deposer/").status_code == 404


@pytest.mark.parametrize("model", [Assigner, Favourite])
def test_what_is_of_a_person_is_found_by_an_index(db, model):
    with connection.cursor() as cursor:
        held = connection.introspection.get_constraints(cursor, model._meta.db_table).values()
    assert ["person_id"] in [each["columns"] for each in held if each["index"]]
