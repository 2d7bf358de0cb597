import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree

from pupitre.directory.models import FormTeacher, Student
from pupitre.directory.tests.factories import FIRST_DAY
from pupitre.foundation import clock
from pupitre.integrations.lsu.cycles import cycle_of
from pupitre.integrations.lsu.limits import COMPONENTS
from pupitre.integrations.lsu.models import CycleEnd, LsuExport
from pupitre.integrations.lsu.refusals import Refusal
from pupitre.integrations.lsu.services.cycles import Typed, export_cycles, write_cycle_end
from pupitre.integrations.lsu.services.exporting import bytes_of
from pupitre.integrations.lsu.tests.factories import numbered
from pupitre.integrations.lsu.tests.schema import IS_THERE, faults_of
from tests.statements import statements_of

UAI = "0990001N"
ALL = dict.fromkeys(COMPONENTS, 3)


@pytest.fixture
def elias(college) -> Student:
    numbered(college.people["frere"], "siecle_student", UAI, "610302")
    return Student.objects.get(person=college.people["frere"])


@pytest.fixture
def page(college, elias):
    return reverse("lsu:cycle", args=[UAI, college.groups["6C"].pk, elias.pk])


def _write(elias, head, version=0, **facts):
    year = elias.memberships.get().group.school_year
    typed = Typed(**{"levels": ALL, "synthesis": "De belles bases.", **facts})
    return write_cycle_end(student=elias, year=year, cycle=3, typed=typed, version=version, actor=head)


@pytest.mark.parametrize(
    ("mef", "label", "cycle"),
    [
        ("10010012110", "6C", 3),
        ("10310019110", "301", 4),
        ("10210001110", "3X", None),
        ("", "3e A", 4),
        ("", "4B", None),
    ],
)
def test_which_classes_end_a_cycle(mef, label, cycle):
    assert cycle_of(mef, label) == cycle


def test_what_is_not_whole_does_not_leave(term, elias, head):
    _write(elias, head, levels={"CPD_FRA": 3})
    with pytest.raises(Refusal, match="fin de cycle"):
        export_cycles(term=term, actor=head)
    _write(elias, head, 1, complement="CHK", complement_level=2)
    made = export_cycles(term=term, actor=head)
    assert (made.reports, made.term, made.left_aside) == (1, None, [])
    data = bytes_of(made, actor=head)
    (report,) = etree.fromstring(data).iter("{*}bilan-cycle")
    assert (report.get("cycle"), report.get("millesime")) == ("3", "2026")
    assert [each.get("positionnement") for each in report.iter("{*}domaine")] == ["3"] * 8
    if IS_THERE:
        assert faults_of(data) == []


def test_two_people_at_once_lose_nothing(elias, head):
    _write(elias, head)
    with pytest.raises(Refusal, match="pendant que"):
        _write(elias, head, 0, synthesis="Autre chose.")
    assert CycleEnd.objects.get().synthesis == "De belles bases."


def test_a_synthesis_of_1501_characters_is_refused_and_stays_on_the_screen(elias, page, client_of):
    long = "é" * 1501
    answer = client_of("principal").post(page, {"synthesis": long, "version": "0"})
    assert answer.status_code == 422
    assert "1501 caractères, 1500 au plus" in answer.content.decode()
    assert long in answer.content.decode()
    assert not CycleEnd.objects.filter(version__gt=0).exists()


def test_the_form_teacher_writes_for_their_class_alone(elias, page, client_of, college):
    teacher = client_of("enseignante")
    assert teacher.get(page).status_code == 404
    FormTeacher.objects.create(
        establishment=college.college,
        group=college.groups["6C"],
        person=college.people["enseignante"],
        starts_on=FIRST_DAY,
    )
    told = {"synthesis": "Un bon départ.", "version": "0", "CPD_FRA": "4", "MET_APP": "0"}
    assert teacher.post(page, told).status_code == 302
    assert CycleEnd.objects.get().levels == {"CPD_FRA": 4, "MET_APP": 0}
    listed = teacher.get(reverse("lsu:cycles", args=[UAI])).content.decode()
    assert "Commencé" in listed
    assert "Faire le fichier" not in listed
    assert teacher.post(reverse("lsu:export_cycles", args=[UAI])).status_code == 404


def test_a_form_teacher_is_told_in_the_last_term(term, elias, client_of, college):
    FormTeacher.objects.create(
        establishment=college.college,
        group=college.groups["6C"],
        person=college.people["enseignante"],
        starts_on=FIRST_DAY,
    )
    teacher = client_of("enseignante")
    assert "fin de cycle" not in teacher.get(f"/{UAI}/").content.decode()
    with clock.at("2027-05-04T10:20"):
        assert (
            "1\u00a0bilan de fin de cycle" in college.sign_in(Client(), "enseignante").get(f"/{UAI}/").content.decode()
        )


def test_the_office_sends_and_does_not_write(term, elias, page, client_of, head):
    _write(elias, head)
    office = client_of("secretaire")
    assert office.get(page).status_code == 404
    assert page not in office.get(reverse("lsu:cycles", args=[UAI])).content.decode()
    assert office.post(reverse("lsu:export_cycles", args=[UAI])).status_code == 302
    assert LsuExport.objects.get().name == "lsu_0990001N_cycles_2026.xml"


def test_the_page_of_a_student_is_read_in_a_few_statements(elias, page, client_of):
    head = client_of("principal")
    head.get(page)
    assert len(statements_of(lambda: head.get(page))) <= 9
