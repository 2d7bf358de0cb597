import pytest
from django.test import Client
from django.urls import reverse

from pupitre.directory.models import Group, Student
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.directory.tests.factories import make_subject
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.gradebook.models import Assessment
from pupitre.gradebook.tests.factories import assessed, course_of, marked
from pupitre.timetable.tests.factories import make_course
from tests.statements import statements_of

UAI = "0990001N"


@pytest.fixture
def in_3e(cast, tuesday):
    """Inès moved up to a 3e, with marks that families see, but for one."""
    with scope(cast.college.pk):
        Student.objects.filter(person=cast.people["eleve"]).update(mef="10310019110")
        ines = Student.objects.get(person=cast.people["eleve"])
        profiles = frozenset({str(Profile.TEACHER)})
        teacher = Actor(0, cast.people["enseignante"].pk, cast.college.pk, UAI, profiles, capabilities_of(profiles))
        latin = make_course(
            cast.groups["4B"], make_subject(cast.college, "020100", "Latin"), cast.people["enseignante"]
        )
        maths, french = (course_of(cast.groups["4B"], code) for code in ("061300", "020700"))
        marked(assessed(maths, "A"), ines, "12", teacher)
        marked(assessed(french, "B"), ines, "10", teacher)
        marked(assessed(latin, "C"), ines, "16", teacher)
        Assessment.objects.update(student_sees_at=clock.now(), guardian_sees_at=clock.now())
        marked(assessed(french, "Caché"), ines, "20", teacher)
        yield ines


def _page(cast, slug, ines):
    return cast.sign_in(Client(), slug).get(reverse("dnb:student", args=[UAI, ines.pk]))


def test_a_student_reads_what_the_year_is_worth(cast, in_3e):
    page = _page(cast, "eleve", in_3e).content.decode()
    # (12 + 10 + 6) / 2
    assert "14,00" in page
    assert "Non officiel" in page
    assert "série professionnelle" in page
    assert "Tu vois ici" in page
    assert 'data-base="5.600000"' in page


def test_their_guardian_reads_the_same_and_the_staff_every_mark(cast, in_3e):
    assert "14,00" in _page(cast, "parent", in_3e).content.decode()
    # (12 + 15 + 6) / 2
    assert "16,50" in _page(cast, "principal", in_3e).content.decode()


def test_others_do_not_and_it_does_not_exist_below_3e(cast, in_3e):
    for slug in ("collegue", "parent-voisin", "secretaire"):
        assert _page(cast, slug, in_3e).status_code == 404
    Student.objects.filter(pk=in_3e.pk).update(mef="10210001110")
    assert _page(cast, "eleve", in_3e).status_code == 404


def test_the_marks_of_a_3e_lead_to_it(cast, in_3e):
    address = reverse("dnb:student", args=[UAI, in_3e.pk])
    marks = reverse("gradebook:student", args=[UAI, in_3e.pk])
    student = cast.sign_in(Client(), "eleve")
    assert f'href="{address}"' in student.get(marks).content.decode()
    Student.objects.filter(pk=in_3e.pk).update(mef="10210001110")
    assert f'href="{address}"' not in student.get(marks).content.decode()


def test_it_is_read_in_a_few_statements(cast, in_3e):
    student = cast.sign_in(Client(), "eleve")
    address = reverse("dnb:student", args=[UAI, in_3e.pk])
    student.get(address)
    assert len(statements_of(lambda: student.get(address))) <= 9


def test_a_class_named_3_without_a_training_level_is_one(cast, in_3e):
    Student.objects.filter(pk=in_3e.pk).update(mef="")
    Group.objects.filter(code="4B").update(label="3e B")
    assert _page(cast, "eleve", in_3e).status_code == 200
