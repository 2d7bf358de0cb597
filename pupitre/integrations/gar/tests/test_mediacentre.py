"""The page of resources: read in the GAR by a job, shown with its hour, and why something is missing."""

import datetime as dt
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from pupitre.directory.models import Affiliation
from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.gar.models import Access, Delivery, Favourite, SchoolDelivery
from pupitre.integrations.gar.resources import Unreadable, read
from pupitre.integrations.gar.tests.gar import Gar, resource
from pupitre.integrations.gar.tests.gestures import enrolled, make_access, named
from pupitre.integrations.services.models import Connector, OutsideCopy, Pseudonym
from pupitre.integrations.services.services.registering import draw_common_numbers
from pupitre.integrations.services.tests.factories import open_service
from tests.jobs import run_jobs
from tests.statements import statements_of

AT = "/0990001N/mediacentre/"


@pytest.fixture
def gar(cast: Any, tuesday: object, tmp_path: Path, settings: Any) -> Iterator[Gar]:
    """The GAR, which knows the academy, is a service of the collège, and is read for each person."""
    gar = Gar(tmp_path)
    settings.OUTSIDE_TRUSTED_HOSTS, settings.OUTSIDE_AUTHORITIES = ["127.0.0.1"], str(gar.authorities)
    make_access(cast, resources_url=gar.url, certificate=gar.client_certificate, certificate_key=gar.client_key)
    enrolled(cast)
    open_service(
        cast, name="GAR", release="gar", address="https://gar.exemple.fr/", profiles=[Profile.STUDENT, Profile.TEACHER]
    )
    cast.sign_in(Client(), "referent").post("/0990001N/gar/ressources/", {"lire": "oui"})
    draw_common_numbers([cast.people["eleve"].pk])
    yield gar
    gar.close()


@pytest.fixture
def ines(cast: Any, tuesday: object) -> Client:
    return cast.sign_in(Client(), "eleve")


def _told(client: Client, gar: Gar, *resources: dict[str, Any]) -> str:
    gar.told = {"listeRessources": {"ressource": list(resources)}}
    client.post(f"{AT}actualiser/")
    run_jobs()
    return client.get(AT).content.decode()


def test_a_student_reads_their_resources_with_the_hour(cast, gar, ines):
    page = _told(ines, gar, resource("Manuel d’allemand"), resource("Atlas"))
    number = Pseudonym.objects.get(person=cast.people["eleve"], service=None).value
    assert gar.asked == [f"/ressources/ENTTEST/0990001N/{number}"]
    assert page.index("Atlas") < page.index("Manuel d’allemand")
    assert 'href="https://ressources.exemple.fr/Atlas"' in page
    assert "Liste du GAR du" in page
    assert "Actualiser" not in page, "it is recent"
    assert len(statements_of(lambda: ines.get(AT))) <= 12


def test_the_page_is_searched_in_titles_editors_and_subjects(gar, ines):
    _told(ines, gar, resource("Manuel"), resource("Atlas", domaineEnseignement=[], nomEditeur="Autre"))
    found = ines.get(AT, {"q": "ALLEMAND val"}).content.decode()
    assert "Manuel" in found
    assert "Atlas" not in found
    assert "Aucune ressource ne répond à ces mots" in ines.get(AT, {"q": "zzz"}).content.decode()


def test_a_favourite_comes_first_and_is_taken_back(cast, gar, ines):
    _told(ines, gar, resource("Atlas"))
    ines.post(f"{AT}favori/", {"cle": "gar:ark:/99999/Atlas"})
    assert "Favoris" in ines.get(AT).content.decode()
    ines.post(f"{AT}favori/", {"cle": "gar:inconnu"})
    with scope(cast.college.pk):
        assert [each.key for each in Favourite.objects.all()] == ["gar:ark:/99999/Atlas"]
    ines.post(f"{AT}favori/", {"cle": "gar:ark:/99999/Atlas", "geste": "retirer"})
    assert "Favoris" not in ines.get(AT).content.decode()


@pytest.mark.parametrize(("status", "told"), [(500, {}), (200, {"listeRessources": 3})])
def test_when_the_gar_fails_the_last_list_stays_and_it_is_said(gar, ines, status, told):
    _told(ines, gar, resource("Atlas"))
    with clock.at("2026-11-24T11:20"):
        gar.status, gar.told = status, told
        ines.post(f"{AT}actualiser/")
        run_jobs()
        page = ines.get(AT).content.decode()
    assert "Atlas" in page
    assert "Le GAR n’a pas répondu la dernière fois" in page


@pytest.mark.parametrize(
    ("status", "told"), [(404, None), (400, {"Erreur": {"Code": "Bad Request", "Message": "Établissement non trouvé"}})]
)
def test_whoever_the_gar_does_not_know_has_an_empty_list(cast, gar, ines, status, told):
    gar.status, gar.refusal = status, told
    assert "Aucune ressource pour l’instant" in _told(ines, gar)
    with scope(cast.college.pk):
        assert OutsideCopy.objects.get().failure == ""


def test_links_of_the_school_stand_on_the_same_page(cast, tuesday, ines):
    open_service(cast, name="e-sidoc", purpose="Le CDI", address="https://x.exemple.fr/", profiles=[Profile.STUDENT])
    page = ines.get(AT).content.decode()
    assert "e-sidoc" in page
    assert "pas inscrit au GAR" in page
    parent = cast.sign_in(Client(), "parent").get(AT).content.decode()
    assert "e-sidoc" not in parent


def _delivered(cast: Any, state: str, at: dt.datetime, why: str = "") -> None:
    delivery = Delivery.objects.create(access=Access.objects.get(), started_at=at, state=state, why=why)
    with scope(cast.college.pk):
        SchoolDelivery(delivery=delivery, students=2, staff=6, groups=2, assigners=1).save()


def test_teachers_read_why_something_is_missing(cast, gar):
    named(cast)
    teacher = cast.sign_in(Client(), "enseignante")
    assert "Aucun dépôt n’est encore parvenu au GAR" in teacher.get(AT).content.decode()
    night = clock.now() - dt.timedelta(days=1)
    _delivered(cast, "sent", night)
    Affiliation.objects.filter(person=cast.people["frere"]).update(starts_on=clock.today())
    page = teacher.get(AT).content.decode()
    assert "le GAR les connaîtra demain\u00a0: Elias Belkacem." in page
    assert "Qui affecte ici\u00a0: Bruno Lemoine." in page
    _delivered(cast, "failed", clock.now(), "login")
    assert "Le serveur refuse notre clé" in teacher.get(AT).content.decode()
    brother = cast.sign_in(Client(), "frere").get(AT).content.decode()
    assert "Le GAR ne te connaît pas encore" in brother
    assert "Bruno Lemoine" not in brother


def test_the_referent_shows_resources_once_the_gar_is_a_service(cast, tuesday):
    referent = cast.sign_in(Client(), "referent")
    answer = referent.post("/0990001N/gar/ressources/", {"lire": "oui"})
    assert answer.status_code == 422
    open_service(cast, name="GAR", release="gar", address="https://gar.exemple.fr/")
    referent.post("/0990001N/gar/ressources/", {"lire": "oui"})
    with scope(cast.college.pk):
        assert Connector.objects.get().reader == "gar.resources"
    referent.post("/0990001N/gar/ressources/", {"lire": "non"})
    with scope(cast.college.pk):
        assert Connector.objects.get().reader == ""


@pytest.mark.parametrize("body", [b"", b"<xml/>", b"[]", b'{"listeRessources": {"ressource": 3}}', b"[" * 100000])
def test_an_answer_that_is_no_list_is_told_apart(body):
    with pytest.raises(Unreadable):
        read(body)


def test_one_resource_may_come_bare_and_wrong_ones_are_passed_over():
    bare = b'{"listeRessources": {"ressource": {"nomRessource": "A", "urlAccesRessource": "https://a.fr/"}}}'
    assert [each.title for each in read(bare)] == ["A"]
    rows = b'[3, {"nomRessource": "B", "urlAccesRessource": "javascript:x"}, {"nomRessource": 4}]'
    assert read(b'{"listeRessources": {"ressource": %s}}' % rows) == []


def test_a_resource_is_read_by_the_names_of_the_web_service_packed_or_not():
    row = {
        "idRessource": "ark:/99999/a", "idType": "ARK", "nomRessource": "Manuel", "idEditeur": "1_0", "nomEditeur": "Val",
        "urlVignette": "https://v.fr/a.png", "typePresentation": {"code": "MAN", "nom": "manuels numériques"},
        "typePedagogique": [{"uri": "u", "nom": "cours / présentation"}],
        "typologieDocument": [{"uri": "u", "nom": "livre numérique"}],
        "niveauEducatif": [], "domaineEnseignement": [{"uri": "u", "nom": "français (cycle 3)"}],
        "urlAccesRessource": "https://sp-auth.gar.fr/domaineGar?idENT=QjA=&idEtab=X",
        "distributeurTech": "1_0", "validateurTech": "1_0",
        "nomSourceEtiquetteGar": "Accessible via le Gestionnaire d’accès aux ressources (GAR)",
    }  # fmt: skip
    body = json.dumps({"listeRessources": {"ressource": [row]}}).encode()
    for told in (body, gzip.compress(body)):
        (found,) = read(told)
        assert (found.key, found.title, found.editor) == ("ark:/99999/a", "Manuel", "Val")
        assert found.about == ["manuels numériques", "français (cycle 3)", "cours / présentation", "livre numérique"]
        assert found.url.startswith("https://sp-auth.gar.fr/domaineGar?idENT=")
