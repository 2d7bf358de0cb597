"""A class in a few numbers: who reads what of it, and the averages of the year."""

from decimal import Decimal
from fractions import Fraction

import pytest

from pupitre.directory.models import FormTeacher
from pupitre.directory.tests.factories import FIRST_DAY
from pupitre.foundation import clock
from pupitre.gradebook.models import FinalAverage, GradingRules, ServiceWeight
from pupitre.gradebook.queries.results import results_of
from pupitre.gradebook.statistics import Trend, trend_of
from pupitre.gradebook.tests.factories import assessed, course_of, first_term, marked


@pytest.fixture
def division(college, ines, malo, head):
    """Two terms of two students: in mathematics 10 then 12, 14 then 14; in French 8 then 6 for Inès alone."""
    group = college.groups["4B"]
    maths, french = course_of(group), course_of(group, "020700")
    first, second = _two_terms()
    for course, term, title, texts in (
        (maths, first, "Fractions", {ines: "10", malo: "14"}),
        (maths, second, "Thalès", {ines: "12", malo: "14"}),
        (french, first, "Récit", {ines: "8", malo: "abs"}),
        (french, second, "Théâtre", {ines: "6"}),
    ):
        row = assessed(course, title, term=term)
        for student, text in texts.items():
            assert not marked(row, student, text, head).sentence
    return group


def _two_terms():
    first = first_term()
    return list(first.__class__.objects.filter(school_year=first.school_year_id).order_by("starts_on"))[:2]


def _led_by(division, person):
    FormTeacher.objects.create(
        establishment_id=division.establishment_id, group=division, person=person, starts_on=FIRST_DAY
    )


def _mean(division, term, course):
    spread = results_of(division, term).spread_in(course.pk)
    assert spread is not None
    return spread.mean


def test_the_year_is_the_mean_of_terms_or_of_all_marks(division, ines, malo):
    _first, second = _two_terms()
    results = results_of(division, second)
    assert results.general(ines.pk) == results.annual(ines.pk) == Fraction(9)
    assert results.annual(malo.pk) == 14
    # Mathematics weigh three times French in the second term, and so in the year of all marks.
    ServiceWeight.objects.create(
        establishment_id=division.establishment_id, course=course_of(division), term=second, coefficient=Decimal(3)
    )
    by_terms = results_of(division, second)
    assert by_terms.annual(ines.pk) == (9 + Fraction(12 * 3 + 6, 4)) / 2
    GradingRules.objects.update_or_create(
        establishment_id=division.establishment_id, defaults={"annual": GradingRules.Annual.MARKS}
    )
    by_marks = results_of(division, second)
    assert by_marks.annual(ines.pk) == Fraction(11 * 3 + 7, 4)


def test_an_average_set_by_hand_stands_in_the_numbers_of_the_class(division, ines):
    first, _second = _two_terms()
    course = course_of(division)
    assert _mean(division, first, course) == Fraction(12)
    FinalAverage.objects.create(
        establishment_id=division.establishment_id, course=course, term=first, student=ines, value=Decimal(12),
        set_at=clock.now(),
    )  # fmt: skip
    assert _mean(division, first, course) == Fraction(13)


def test_half_a_point_is_a_change():
    told = [trend_of(each) for each in (None, Fraction(49, 100), Fraction(-49, 100), Fraction(1, 2), Fraction(-1, 2))]
    assert told == [None, Trend.SAME, Trend.SAME, Trend.UP, Trend.DOWN]


def test_the_form_teacher_reads_the_whole_class(division, college, client_of, at):
    _led_by(division, college.people["enseignante"])
    _first, second = _two_terms()
    body = client_of("enseignante").get(at("results", division.pk), {"periode": second.pk}).content.decode()
    assert "Moyenne générale de la classe" in body
    assert all(each in body for each in ("Français", "Guérin Malo", "En baisse"))


def test_a_teacher_of_the_class_reads_their_own_services_alone(division, client_of, at):
    body = client_of("collegue").get(at("results", division.pk)).content.decode()
    assert all(each in body for each in ("Vos services seulement", "Français"))
    assert not any(each in body for each in ("Mathématiques", "Moyenne générale", "Malo"))


def test_a_teacher_of_another_class_reads_nothing(division, college, client_of, at):
    # Bruno Lemoine teaches nothing to the 6C.
    assert client_of("collegue").get(at("results", college.groups["6C"].pk)).status_code == 404


def test_a_class_without_a_mark_says_so(college, client_of, at):
    first_term()
    assert (
        "Pas encore de moyenne" in client_of("principal").get(at("results", college.groups["6C"].pk)).content.decode()
    )
