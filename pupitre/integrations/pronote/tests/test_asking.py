"""The whole way: the home asks, a job presents our proxy ticket, PRONOTE validates it with us, the home shows what it said."""

import pytest
from django.test import Client
from lxml import html

from pupitre.directory.models import Guardianship, Person
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.cas.models import Ticket
from pupitre.integrations.pronote.matching import person_of
from pupitre.integrations.pronote.records import Pupil
from pupitre.integrations.pronote.services.asking import base_of
from pupitre.integrations.pronote.tests.stand import open_pronote
from pupitre.integrations.services.models import Connector, Disclosure, OutsideCopy, Pseudonym, Service
from tests.cast import Cast
from tests.jobs import run_jobs


def reads(cast: Cast, slug: str, address: str = "/") -> str:
    answer = cast.sign_in(Client(), slug).get(address)
    assert answer.status_code == 200
    tree: html.HtmlElement = html.document_fromstring(answer.content.decode().replace("\N{NO-BREAK SPACE}", " "))
    return " ".join(" ".join(tree.get_element_by_id("contenu").itertext()).split())


def refresh(cast: Cast, slug: str, connector: Connector) -> None:
    address = f"/{cast.college.uai}/services/{connector.pk}/rafraichir/"
    assert cast.sign_in(Client(), slug).post(address, headers={"HX-Request": "true"}).status_code == 200
    run_jobs()


def test_a_student_finds_what_pronote_says_on_their_home(cast, pronote):
    connector = open_pronote(cast, pronote.url)
    refresh(cast, "eleve", connector)
    assert pronote.users == [Pseudonym.objects.get(person=cast.people["eleve"], service=None).value]
    assert pronote.told[0]["categories"] == "National_1"
    page = reads(cast, "eleve")
    for words in (
        "Données de 10 h 20",
        "TECHNOLOGIE vendredi 20 novembre 15/20",
        "FRANÇAIS lundi 23 novembre 7,5/10",
        "ANGLAIS LV1 jeudi 19 novembre Absent",
        "Pour le jeudi 26 novembre · Exercices 1 & 2 page 209",
        "Retard lundi 23 novembre, 8 h 05 · Transports Justifié",
        "Absence jeudi 12 novembre, 9 h – 12 h À justifier",
        "Observation mardi 10 novembre, 9 h · MATHÉMATIQUES · Mme ROUSSEL · Affaires oubliées",
        "Lire et comprendre l’écrit",
        "Maîtrise satisfaisante",
        "2 discussions non lues",
        "1 information non lue",
        "Publication du bulletin le 4 décembre",
    ):
        assert words in page, words
    # What was due last week is over.
    assert "Rendre la copie" not in page
    assert Ticket.objects.get(kind="PT").used_at is not None
    with scope(cast.college.pk):
        assert Disclosure.objects.get().person == cast.people["eleve"]
        connector.refresh_from_db()
        assert connector.last_success_at == clock.now()


def test_links_lead_to_pages_of_our_pronote_only(cast, pronote):
    connector = open_pronote(cast, pronote.url)
    refresh(cast, "eleve", connector)
    tree: html.HtmlElement = html.document_fromstring(cast.sign_in(Client(), "eleve").get("/").content)
    links = [a.get("href") for a in tree.get_element_by_id(f"outils-{connector.pk}").iter("a")]
    assert f"{pronote.url}?page=da89cbc9e593f9c4" in links
    assert all(link.startswith((pronote.url, f"/{cast.college.uai}/pronote/")) for link in links)
    assert "Piège" not in reads(cast, "eleve")


def test_a_guardian_sees_each_child_who_is_open_to_them_and_no_other(cast, pronote):
    connector = open_pronote(cast, pronote.url)
    refresh(cast, "parent", connector)
    page = reads(cast, "parent", "/famille/")
    assert page.index("7,5/10") > page.index("Inès")
    assert "12,25/20" in page
    assert "D’UN AUTRE ENFANT" not in page
    with scope(cast.college.pk):
        kept = OutsideCopy.objects.get()
        assert {int(key) for key in kept.glance} == {cast.people[slug].pk for slug in ("parent", "eleve", "frere")}
    Guardianship.objects.filter(student=cast.people["eleve"]).update(is_restricted=True)
    with clock.at("2026-11-25T09:00"):
        page = reads(cast, "parent", "/famille/")
        assert "7,5/10" not in page
        assert "12,25/20" in page
        refresh(cast, "parent", connector)
        with scope(cast.college.pk):
            assert str(cast.people["eleve"].pk) not in OutsideCopy.objects.get().glance


def test_a_child_who_is_closed_is_never_taken_for_a_brother_of_nearly_the_same_name(cast, pronote):
    connector = open_pronote(cast, pronote.url)
    Person.objects.filter(pk=cast.people["eleve"].pk).update(first_name="Élias")
    Person.objects.filter(pk=cast.people["frere"].pk).update(first_name="Élias Jean")
    Guardianship.objects.filter(student=cast.people["eleve"]).update(is_restricted=True)
    refresh(cast, "parent", connector)
    with scope(cast.college.pk):
        kept = OutsideCopy.objects.get()
    assert (kept.failure, kept.glance, kept.whole) == ("nobody", {}, {})


@pytest.mark.parametrize(
    ("named", "borne", "is_one"),
    [
        ("Inès", "Inès Marie", True),
        ("Jean Paul", "Jean-Paul", True),
        ("Jean-Luc", "Jean-Paul", False),
        ("Marie-Lou", "Marie-Claire", False),
        ("", "Inès", False),
    ],
)
def test_a_first_name_may_be_cut_but_not_be_another(named, borne, is_one):
    pupil, person = Pupil(last_name="PETIT", first_name=named), Person(last_name="Petit", first_name=borne)
    assert (person_of(pupil, [person]) is person) == is_one


def test_an_account_tied_to_somebody_else_shows_nothing(cast, pronote):
    connector = open_pronote(cast, pronote.url)
    person = cast.people["eleve"]
    person.last_name = "AUTRE"
    person.save()
    refresh(cast, "eleve", connector)
    with scope(cast.college.pk):
        kept = OutsideCopy.objects.get()
    assert (kept.failure, kept.glance, kept.whole) == ("nobody", {}, {})
    # It answers: others are not made to wait.
    assert Service.objects.get(pk=connector.service_id).failures == 0


@pytest.mark.parametrize(
    ("mood", "code", "words"),
    [
        ("html", "unreadable", "Cet outil répond mal en ce moment"),
        ("bomb", "unreadable", "Cet outil répond mal en ce moment"),
        ("broken", "status", "Cet outil répond mal en ce moment"),
        ("nobody", "nobody", "Cet outil ne reconnaît pas ce compte."),
    ],
)
def test_what_goes_wrong_is_said_beside_what_was_kept(cast, pronote, mood, code, words):
    connector = open_pronote(cast, pronote.url)
    refresh(cast, "eleve", connector)
    pronote.mood = mood
    with clock.at("2026-11-24T10:40"):
        refresh(cast, "eleve", connector)
        page = reads(cast, "eleve")
        assert words in page
        assert "Données de 10 h 20" in page
        assert "15/20" in page
        with scope(cast.college.pk):
            assert OutsideCopy.objects.get().failure == code


def test_a_ticket_serves_once_and_for_this_address_only(cast, pronote):
    connector = open_pronote(cast, pronote.url)
    refresh(cast, "eleve", connector)
    ticket = Ticket.objects.get(kind="PT")
    assert ticket.address == f"{pronote.url}donneesUtilisateur"
    assert ticket.proxies[0].endswith("/cas/proxy")


def test_teachers_have_no_card_of_what_says_nothing_of_them(cast, pronote):
    connector = open_pronote(cast, pronote.url)
    assert "PRONOTE" not in reads(cast, "enseignante")
    address = f"/{cast.college.uai}/services/{connector.pk}/rafraichir/"
    assert cast.sign_in(Client(), "enseignante").post(address).status_code == 404


def test_the_page_of_lessons_shows_the_words_of_teachers_cleaned(cast, pronote):
    connector = open_pronote(cast, pronote.url)
    assert "Rien n’a encore été lu" in reads(cast, "eleve", f"/{cast.college.uai}/pronote/")
    refresh(cast, "eleve", connector)
    client = cast.sign_in(Client(), "eleve")
    tree: html.HtmlElement = html.document_fromstring(client.get(f"/{cast.college.uai}/pronote/").content)
    main = tree.get_element_by_id("contenu")
    source = html.tostring(main, encoding="unicode")
    assert "Addition de <b>fractions</b>" in source
    for wrong in ("alert", "onclick", "style=", "<img", "javascript"):
        assert wrong not in source
    assert "Fractions.pdf" in source
    assert "https://maths.exemple.example/" in source
    assert "Inès" not in reads(cast, "parent", f"/{cast.college.uai}/pronote/")


@pytest.mark.parametrize(
    ("address", "base"),
    [
        ("https://a.example/pronote/", "https://a.example/pronote/"),
        ("https://a.example/pronote", "https://a.example/pronote/"),
        ("https://a.example/pronote/eleve.html", "https://a.example/pronote/"),
        ("https://a.example/", "https://a.example/"),
    ],
)
def test_the_address_of_the_server_is_found_under_that_of_a_page(cast, address, base):
    connector = open_pronote(cast, address)
    assert base_of(Service.objects.get(pk=connector.service_id)) == base
