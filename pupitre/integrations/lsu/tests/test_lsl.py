import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.directory.models import Subject
from pupitre.establishments.models import Establishment
from pupitre.foundation import clock
from pupitre.gradebook.models import SkillLevel
from pupitre.gradebook.tests.factories import assessed, course_of
from pupitre.integrations.lsu.models import BookletSubject, LyceeSubject, LyceeYear
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


def _course_page(lycee):
    return reverse("lsu:lycee_course", args=["0990001N", course_of(lycee.groups["4B"]).pk])


def test_a_teacher_writes_of_the_year_of_each_student_in_their_subject(lycee, term, ines, client_of):
    teacher, address = client_of("enseignante"), _course_page(lycee)
    assert address in teacher.get(reverse("lsu:lycee_courses", args=["0990001N"])).content.decode()
    page = teacher.get(address).content.decode()
    # What the bulletins said stands beside.
    assert "Trimestre sérieux." in page
    assert teacher.post(address, {f"t{ines.pk}": " Une année solide. ", f"b{ines.pk}": "0"}).status_code == 302
    row = LyceeSubject.objects.get()
    assert (row.text, row.version, row.subject.code) == ("Une année solide.", 1, "061300")
    table = client_of("secretaire").get(f"{reverse('lsu:lsl', args=['0990001N'])}?periode={term.pk}")
    assert "4B;Inès Belkacem;123456789AB;Mathématiques;sans correspondance;Une année solide." in table.content.decode(
        "utf-8-sig"
    )


def test_two_people_at_once_and_a_text_too_long_lose_nothing(lycee, term, ines, client_of):
    teacher, address = client_of("enseignante"), _course_page(lycee)
    teacher.post(address, {f"t{ines.pk}": "Le premier.", f"b{ines.pk}": "0"})
    met = client_of("principal").post(address, {f"t{ines.pk}": "Le second.", f"b{ines.pk}": "0"})
    assert met.status_code == 422
    body = met.content.decode()
    assert all(each in body for each in ("Quelqu’un a écrit entre-temps", "Le premier.", "Le second.</textarea>"))
    long = teacher.post(address, {f"t{ines.pk}": "x" * 601, f"b{ines.pk}": "1"})
    assert long.status_code == 422
    assert "601 caractères, 600 au plus" in long.content.decode()
    assert LyceeSubject.objects.get().text == "Le premier."


def test_who_does_not_mark_the_course_writes_nothing_of_it(lycee, term, ines, client_of):
    for slug in ("collegue", "secretaire", "cpe", "eleve"):
        assert client_of(slug).get(_course_page(lycee)).status_code == 404
    assert client_of("eleve").get(reverse("lsu:lycee_courses", args=["0990001N"])).status_code == 404


def test_a_college_has_no_such_page(college, term, client_of):
    assert client_of("enseignante").get(_course_page(college)).status_code == 404
    assert client_of("enseignante").get(reverse("lsu:lycee_courses", args=["0990001N"])).status_code == 404


def test_the_skills_of_the_year_are_in_the_table(lycee, term, ines, client_of):
    course = course_of(lycee.groups["4B"])
    for title, level in (("Fractions", 2), ("Thalès", 4)):
        SkillLevel.objects.create(
            establishment=lycee.college, assessment=assessed(course, title, held_on=dt.date(2026, 10, level)),
            student=ines, skill="CPD_SCI.1", level=level, noted_at=clock.now(),
        )  # fmt: skip
    table = client_of("secretaire").get(f"{reverse('lsu:lsl', args=['0990001N'])}?periode={term.pk}")
    told = [line for line in table.content.decode("utf-8-sig").splitlines() if line.endswith("Maîtrise satisfaisante")]
    assert len(told) == 1
    assert told[0].startswith("4B;Inès Belkacem;123456789AB;Mathématiques;sans correspondance;")
    assert ";S;" in told[0]


def test_a_teacher_of_a_lycee_is_told_of_the_courses_without_an_appreciation(lycee, term, ines):
    home = f"/{lycee.college.uai}/"
    teacher = lycee.sign_in(Client(), "enseignante")
    assert "sans appréciation annuelle" not in teacher.get(home).content.decode()
    with clock.at("2027-05-04T10:20"):
        teacher = lycee.sign_in(Client(), "enseignante")
        page = teacher.get(home).content.decode()
        assert "sans appréciation annuelle" in page
        assert reverse("lsu:lycee_courses", args=[lycee.college.uai]) in page
