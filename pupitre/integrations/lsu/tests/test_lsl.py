import pytest
from django.test import Client
from django.urls import reverse

from pupitre.directory.models import Subject
from pupitre.establishments.models import Establishment
from pupitre.foundation import clock
from pupitre.integrations.lsu.models import BookletSubject, LyceeYear
from pupitre.integrations.lsu.queries.lycee import Matches


def test_a_lycee_is_told_that_no_file_is_made_for_its_booklet_and_gets_a_table(term, college, client_of):
    Establishment.objects.filter(pk=college.college.pk).update(kind="lycee")
    office = client_of("secretaire")
    page = office.get(reverse("lsu:home", args=["0990001N"])).content.decode()
    assert "Aucun format public" in page
    address = f"{reverse('lsu:lsl', args=['0990001N'])}?periode={term.pk}"
    assert address in page
    table = office.get(address)
    text = table.content.decode("utf-8-sig")
    assert (
        "4B;Inès Belkacem;123456789AB;061300;Mathématiques;sans correspondance;Mme Roussel;12,5;12,5;Trimestre sérieux."
        in text
    )
    assert "Mathématiques, 4B;061300;1;12,5;0;0;1" in text
    assert client_of("collegue").get(address).status_code == 404


def test_a_primary_school_is_told_that_nothing_is_done_for_it(college, client_of):
    Establishment.objects.filter(pk=college.college.pk).update(kind="ecole")
    assert "premier degré" in client_of("secretaire").get(reverse("lsu:home", args=["0990001N"])).content.decode()


@pytest.fixture
def lycee(college, term):
    """The collège of the cast, as a lycée."""
    Establishment.objects.filter(pk=college.college.pk).update(kind="lycee")
    return college


def test_a_subject_is_matched_for_a_path_then_for_all(lycee, term, ines, client_of):
    office, address = client_of("secretaire"), reverse("lsu:lycee_subjects", args=["0990001N"])
    maths = Subject.objects.get(code="061300")
    page = office.get(address).content.decode()
    assert "Sans correspondance" in page
    assert office.post(address, {"filiere": ines.mef, f"s{maths.pk}": "x" * 61}).status_code == 422
    assert office.post(address, {"filiere": ines.mef, f"s{maths.pk}": "Mathématiques (spé)"}).status_code == 302
    assert Matches(BookletSubject.objects.all()).label(maths.pk, ines.mef) == "Mathématiques (spé)"
    assert not Matches(BookletSubject.objects.all()).label(maths.pk, "21111111111")
    office.post(address, {"filiere": ines.mef, f"s{maths.pk}": "Mathématiques", f"t{maths.pk}": "1"})
    assert Matches(BookletSubject.objects.all()).label(maths.pk, "21111111111") == "Mathématiques"
    table = office.get(f"{reverse('lsu:lsl', args=['0990001N'])}?periode={term.pk}").content.decode("utf-8-sig")
    assert "061300;Mathématiques;Mathématiques;Mme Roussel" in table
    office.post(address, {"filiere": ines.mef, f"s{maths.pk}": ""})
    assert not BookletSubject.objects.exists()


def test_engagements_and_opinions_are_in_the_table(lycee, term, ines, client_of):
    division = lycee.groups["4B"]
    address = reverse("lsu:lycee_year", args=["0990001N", division.pk, ines.pk])
    told = {
        "engagements": ["delegate", "sport"], "detail": "Capitaine de handball", "appreciation": "Une année solide.",
        "exam_opinion": "favourable", "head_opinion": "Très bon dossier.", "version": "0",
    }  # fmt: skip
    form_teacher, head = client_of("enseignante"), client_of("principal")
    assert form_teacher.post(address, told).status_code == 302
    row = LyceeYear.objects.get()
    assert (row.engagements, row.exam_opinion, row.head_opinion) == (["delegate", "sport"], "favourable", "")
    stale = head.post(address, told)
    assert stale.status_code == 422
    assert "Quelqu’un a écrit ce livret" in stale.content.decode()
    assert head.post(address, {**told, "version": "1"}).status_code == 302
    assert head.post(address, {**told, "version": "2", "appreciation": "x" * 601}).status_code == 422
    table = head.get(f"{reverse('lsu:lsl', args=['0990001N'])}?periode={term.pk}").content.decode("utf-8-sig")
    engaged = "Délégué de classe, Association sportive"
    assert f'"{engaged}"' in table or f"{engaged};" in table
    assert "Capitaine de handball;Une année solide.;Favorable;Très bon dossier." in table


def test_a_colleague_writes_no_booklet(lycee, ines, client_of):
    address = reverse("lsu:lycee_year", args=["0990001N", lycee.groups["4B"].pk, ines.pk])
    assert client_of("collegue").get(address).status_code == 404
    assert client_of("collegue").get(reverse("lsu:lycee_classes", args=["0990001N"])).status_code == 404


def test_the_head_of_a_lycee_finds_classes_and_subjects(lycee, client_of):
    head = client_of("principal")
    home = head.get(reverse("lsu:home", args=["0990001N"])).content.decode()
    for name in ("lycee_subjects", "lycee_classes"):
        address = reverse(f"lsu:{name}", args=["0990001N"])
        assert address in home
        assert head.get(address).status_code == 200


def test_a_form_teacher_of_a_lycee_is_told_in_the_last_term(lycee):
    home = f"/{lycee.college.uai}/"
    assert "livret scolaire" not in lycee.sign_in(Client(), "enseignante").get(home).content.decode()
    with clock.at("2027-05-04T10:20"):
        page = lycee.sign_in(Client(), "enseignante").get(home).content.decode()
        assert "1\u00a0livret scolaire" in page
        assert reverse("lsu:lycee_classes", args=[lycee.college.uai]) in page
