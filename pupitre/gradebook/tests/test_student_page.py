from decimal import Decimal

import pytest

from pupitre.foundation import clock
from pupitre.gradebook.models import Assessment, GradingRules, ServiceWeight
from pupitre.gradebook.queries.results import results_of
from pupitre.gradebook.queries.student import marks_of
from pupitre.gradebook.services.ruling import set_final
from pupitre.gradebook.sql_student import SEEN_BY_STAFF, SEEN_BY_STUDENT
from pupitre.gradebook.tests.factories import assessed, course_of, first_term, marked
from tests.statements import statements_of


@pytest.fixture
def two_services(college, ines, malo, teacher):
    """Mathematics 12 and French 15 for Inès; a classmate has 16 in mathematics. All of it shown to students."""
    maths, french = course_of(college.groups["4B"]), course_of(college.groups["4B"], "020700")
    marked(assessed(maths), ines, "12", teacher)
    marked(assessed(maths), malo, "16", teacher)
    marked(assessed(french, "Dictée"), ines, "15", teacher)
    Assessment.objects.update(student_sees_at=clock.now(), guardian_sees_at=clock.now())
    return maths, french


def test_the_general_average_weighs_services_by_their_bulletin_coefficients(two_services, ines):
    maths, _french = two_services
    term = first_term()
    assert marks_of(ines, term, SEEN_BY_STUDENT).general == Decimal("13.5")
    ServiceWeight(course=maths, term=term, coefficient=Decimal(2)).save()
    assert marks_of(ines, term, SEEN_BY_STUDENT).general == 13


def test_a_service_without_an_average_does_not_enter(two_services, college, ines, teacher):
    Assessment.objects.filter(title="Dictée").update(coefficient=0)
    found = marks_of(ines, first_term(), SEEN_BY_STUDENT)
    assert found.general == 12
    assert [found.write(each.value) for each in found.services] == ["NN", "12,0"]


def test_a_final_average_replaces_the_computed_one_and_both_are_shown(client_of, at, two_services, ines, teacher):
    maths, _french = two_services
    set_final(course=maths, term=first_term(), student=ines, value=Decimal("12.5"), actor=teacher)
    with clock.at("2026-11-25T10:21"):
        page = client_of("parent").get(at("explain", ines.pk, maths.pk)).content.decode()
    assert "12,5" in page
    assert "fixée à la main" in page
    assert "Moyenne calculée" in page
    assert marks_of(ines, first_term(), SEEN_BY_STUDENT).general == Decimal("13.75")


def test_the_class_is_told_or_not_as_the_school_chose(client_of, at, two_services, ines):
    page = client_of("eleve").get(at("student", ines.pk)).content.decode()
    assert "classe\u00a0: 14,0 (de 12,0 à 16,0)" in page
    GradingRules(shows_class=False).save()
    assert "classe\u00a0:" not in client_of("eleve").get(at("student", ines.pk)).content.decode()


def test_every_mark_says_what_became_of_it(client_of, at, college, ines, teacher):
    course = course_of(college.groups["4B"])
    for title, text, facts in (
        ("Sur dix", "7", {"scale": 10}), ("Absente", "A", {}), ("Pour voir", "3", {"coefficient": 0}),
        ("Bonus", "16", {"option": "bonus"}), ("Facultatif", "2", {"option": "if_better"}),
    ):  # fmt: skip
        marked(assessed(course, title, **facts), ines, text, teacher)
    page = client_of("principal").get(at("explain", ines.pk, course.pk)).content.decode()
    for sentence in (
        "elle pèse 0,5 au lieu de 1", "ne compte pas", "montrée, pas comptée", "6 points au-dessus de 10 s’ajoutent",
        "elle ferait baisser la moyenne", "arrondi au plus proche, à 0,1 point",
    ):  # fmt: skip
        assert sentence in page


def test_a_student_reads_only_their_own(client_of, at, two_services, malo):
    assert client_of("eleve").get(at("student", malo.pk)).status_code == 404
    assert client_of("parent").get(at("student", malo.pk)).status_code == 404


def test_a_student_is_one_statement_whatever_they_have(two_services, ines):
    term = first_term()
    assert len(statements_of(lambda: marks_of(ines, term, SEEN_BY_STAFF))) == 1


def test_the_mean_of_the_class_is_that_of_the_bulletin_with_averages_set_by_hand(
    client_of, at, two_services, college, ines, malo, teacher
):
    maths, _french = two_services
    term = first_term()
    set_final(course=maths, term=term, student=malo, value=Decimal(10), actor=teacher)
    found = next(each for each in marks_of(ines, term, SEEN_BY_STAFF).services if each.service.course == maths.pk)
    assert found.spread is not None
    assert found.spread.mean == 11
    in_class = results_of(college.groups["4B"], term).spread_in(maths.pk)
    assert in_class is not None
    assert in_class.mean == found.spread.mean


def test_the_average_set_by_hand_is_in_its_field(client_of, at, two_services, ines, teacher):
    maths, _french = two_services
    set_final(course=maths, term=first_term(), student=ines, value=Decimal("12.5"), actor=teacher)
    page = client_of("principal").get(at("explain", ines.pk, maths.pk)).content.decode()
    assert 'value="12,5"' in page
