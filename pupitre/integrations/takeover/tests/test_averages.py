"""Averages of a period of this year that is over: they count here as the bulletin of the other tool gave them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.directory.models import Student
from pupitre.establishments.models import Term
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.gradebook.models import ClassTerm, FinalAverage, GradingRules, TakenAverage
from pupitre.gradebook.queries.grid import grid_of
from pupitre.gradebook.queries.results import results_of
from pupitre.gradebook.queries.student import marks_of
from pupitre.gradebook.sql_student import SEEN_BY_GUARDIAN, SEEN_BY_STAFF
from pupitre.gradebook.tests.factories import assessed, course_of, first_term, marked
from pupitre.integrations.lsu.queries.terms import drafts_of
from pupitre.integrations.takeover.services.analysing import analyse
from pupitre.integrations.takeover.services.applying import apply, undo
from pupitre.integrations.takeover.services.receiving import receive
from pupitre.integrations.takeover.tests.factories import csv_of, issues
from pupitre.reportcards.models import PastResult
from pupitre.reportcards.queries.bulletins import bulletins_of

AVERAGES = "Élève;Classe;Période;Matière;Professeur;Moyenne"
BULLETINS = "Élève;Né(e) le;Classe;Période;Moyenne générale"
INES = "BELKACEM Inès;4B;T1"
WHOLE = "BELKACEM Inès;14/05/2013;4B;T1;14,2"


def averages(*rows):
    return _handed(AVERAGES, rows, "moyennes.csv")


def bulletins(*rows):
    return _handed(BULLETINS, rows, "bulletins.csv")


def _handed(titles, rows, name):
    take = receive(name, csv_of(*rows, titles=titles), actor=None, said={"origin": "PRONOTE"})
    analyse(take)
    return take


@pytest.fixture
def terms(college):
    """The first term is over; the second goes on."""
    first = first_term()
    second = Term.objects.exclude(pk=first.pk).order_by("starts_on")[0]
    first.ends_on, second.starts_on = "2026-11-20", "2026-11-21"
    first.save()
    second.save()
    return Term.objects.get(pk=first.pk), Term.objects.get(pk=second.pk)


@pytest.fixture
def ines(college):
    return Student.objects.get(person=college.people["eleve"])


@pytest.fixture
def head(college):
    person = college.people["principal"]
    return Actor(person.user_id, person.pk, college.college.pk, college.college.uai)


@pytest.fixture
def maths(college):
    return course_of(college.groups["4B"])


def test_an_average_counts_in_the_year_as_the_bulletin_gave_it(college, terms, ines, head, maths):
    first, second = terms
    take = averages(f"{INES};Mathématiques;Mme Roussel;12,00", f"{INES};Français;;Disp")
    assert issues(take) == []
    apply(take, actor=None)
    row = TakenAverage.objects.get()
    assert (row.student, row.term, row.course, row.value, row.origin) == (ines, first, maths, Decimal(12), "PRONOTE")
    marked(assessed(maths, "Thalès", term=second), ines, "15", head)
    results = results_of(college.groups["4B"], second)
    assert [value for _label, value in results.path(ines.pk)] == [12, 15]
    assert results.annual(ines.pk) == Fraction(27, 2)
    assert results.progress_in(ines.pk, maths.pk) == 3
    shown = marks_of(ines, first, SEEN_BY_STAFF)
    (service,) = shown.services
    assert service.value == 12
    assert service.origin == "PRONOTE"
    assert service.computed is None
    assert not service.marks
    assert shown.annual == Fraction(27, 2)
    assert service.spread is not None
    assert service.spread.mean == 12


def test_it_stands_before_what_is_computed_here_and_after_what_is_set_by_hand(college, terms, ines, head, maths):
    first, _second = terms
    marked(assessed(maths, "Fractions"), ines, "10", head)
    apply(averages(f"{INES};Mathématiques;;12,5"), actor=None)
    assert grid_of(maths, first).value(ines.pk) == Fraction(25, 2)
    (line,) = bulletins_of(college.groups["4B"], first, only=[ines.pk])[0].lines
    assert (line.value, line.computed, line.origin) == ("12,5", "10,0", "PRONOTE")
    FinalAverage.objects.create(
        establishment=college.college, course=maths, term=first, student=ines, value=13, set_at=clock.now()
    )
    (line,) = bulletins_of(college.groups["4B"], first, only=[ines.pk])[0].lines
    assert (line.value, line.origin) == ("13,0", "")
    assert marks_of(ines, first, SEEN_BY_STAFF).services[0].value == 13


def test_a_general_average_is_the_one_of_the_bulletin(college, terms, ines, head, maths):
    first, second = terms
    apply(averages(f"{INES};Mathématiques;;12"), actor=None)
    apply(bulletins(WHOLE), actor=None)
    marked(assessed(maths, "Thalès", term=second), ines, "15", head)
    assert results_of(college.groups["4B"], second).annual(ines.pk) == Fraction(142 + 150, 20)
    made = bulletins_of(college.groups["4B"], first, only=[ines.pk])[0]
    assert (made.value, made.value_origin) == ("14,2", "PRONOTE")
    shown = marks_of(ines, first, SEEN_BY_STAFF)
    assert (shown.general, shown.general_origin, shown.annual) == (Fraction(142, 10), "PRONOTE", Fraction(146, 10))


def test_where_the_year_is_made_of_all_marks_a_course_taken_over_counts_by_its_terms(
    college, terms, ines, head, maths
):  # fmt: skip
    _first, second = terms
    GradingRules.objects.update_or_create(establishment=college.college, defaults={"annual": GradingRules.Annual.MARKS})
    french = course_of(college.groups["4B"], "020700")
    apply(averages(f"{INES};Mathématiques;;12"), actor=None)
    for title, text in (("Thalès", "15"), ("Pythagore", "17")):
        marked(assessed(maths, title, term=second), ines, text, head)
    marked(assessed(french, "Récit"), ines, "8", head)
    marked(assessed(french, "Théâtre", term=second), ines, "9", head)
    # Mathematics: (12 + 16) / 2; French: (8 + 9) / 2.
    assert results_of(college.groups["4B"], second).annual(ines.pk) == (14 + Fraction(17, 2)) / 2
    assert marks_of(ines, second, SEEN_BY_STAFF).annual == (14 + Fraction(17, 2)) / 2


@pytest.mark.parametrize("text", ["", "Abs"])
def test_a_cell_that_counts_for_nothing_does_not_take_its_term_from_the_year(
    college, terms, ines, head, maths, text
):  # fmt: skip
    first, second = terms
    GradingRules.objects.update_or_create(establishment=college.college, defaults={"annual": GradingRules.Annual.MARKS})
    apply(averages(f"{INES};Mathématiques;;12"), actor=None)
    marked(assessed(maths, "Fractions", term=first), ines, text, head)
    marked(assessed(maths, "Thalès", term=second), ines, "16", head)
    assert results_of(college.groups["4B"], second).annual(ines.pk) == 14
    assert marks_of(ines, second, SEEN_BY_STAFF).annual == 14


@pytest.mark.parametrize("text", ["", "Abs"])
def test_a_general_average_alone_stays_in_the_year_beside_such_a_cell(college, terms, ines, head, maths, text):
    first, second = terms
    GradingRules.objects.update_or_create(establishment=college.college, defaults={"annual": GradingRules.Annual.MARKS})
    apply(bulletins(WHOLE), actor=None)
    marked(assessed(maths, "Fractions", term=first), ines, text, head)
    marked(assessed(maths, "Thalès", term=second), ines, "15", head)
    assert results_of(college.groups["4B"], second).annual(ines.pk) == Fraction(146, 10)
    assert marks_of(ines, second, SEEN_BY_STAFF).annual == Fraction(146, 10)


def test_a_closed_class_takes_no_average_that_counts(college, terms, ines, maths):
    first, _second = terms
    closed = ClassTerm(term=first, division=college.groups["4B"], entry_ends_on="2026-11-20")
    closed.save()
    taken = averages(f"{INES};Mathématiques;;12", f"{INES};Français;;Disp")
    whole = bulletins(WHOLE)
    for take in (taken, whole):
        ((number, fate, why),) = issues(take)
        assert (number, fate) == (2, "refused")
        assert "la saisie est close depuis le 20/11/2026" in why
        assert "La direction peut la rouvrir" in why
        apply(take, actor=None)
    # A word counts nowhere: the past bulletin keeps it.
    assert PastResult.objects.get().value == "Disp"
    assert not TakenAverage.objects.exists()
    closed.delete()
    apply(averages(f"{INES};Mathématiques;;12"), actor=None)
    assert TakenAverage.objects.get().course == maths


def test_a_class_that_closes_between_the_reading_and_the_taking_is_left_as_it_is(college, terms, ines):
    first, _second = terms
    take = averages(f"{INES};Mathématiques;;12")
    assert issues(take) == []
    ClassTerm(term=first, division=college.groups["4B"], entry_ends_on="2026-11-20").save()
    apply(take, actor=None)
    assert not TakenAverage.objects.exists()


def test_the_report_of_the_lsu_tells_the_official_average(college, terms, ines):
    first, _second = terms
    apply(averages(f"{INES};Mathématiques;;12,5"), actor=None)
    lines = {line.courses[0].code: line for each in drafts_of(first, college.college.uai).all() for line in each.lines}
    assert (lines["061300"].average, lines["061300"].class_average) == ("12,5", "12,5")


def test_the_brevet_counts_it(college, terms, ines, maths):
    apply(averages(f"{INES};Mathématiques;;13"), actor=None)
    Student.objects.filter(pk=ines.pk).update(mef="10310001110")
    address = reverse("dnb:student", args=[college.college.uai, ines.pk])
    page = college.sign_in(Client(), "eleve").get(address).content.decode()
    assert "13,00" in page
    assert "reprise de PRONOTE" in page


def test_pages_say_where_it_comes_from(college, terms, ines, head, maths):
    first, _second = terms
    marked(assessed(maths), ines, "10", head)
    apply(averages(f"{INES};Mathématiques;;12,5"), actor=None)
    for slug, name, more in (
        ("eleve", "gradebook:student", ()),
        ("eleve", "gradebook:explain", (maths.pk,)),
        ("enseignante", "gradebook:grid", None),
    ):
        arguments = [college.college.uai, maths.pk] if more is None else [college.college.uai, ines.pk, *more]
        page = college.sign_in(Client(), slug).get(reverse(name, args=arguments), {"periode": first.pk})
        assert page.status_code == 200
        assert "reprise de PRONOTE" in page.content.decode()


def test_a_general_average_alone_is_shown(college, terms, ines):
    first, _second = terms
    apply(bulletins(WHOLE), actor=None)
    address = reverse("gradebook:student", args=[college.college.uai, ines.pk])
    page = college.sign_in(Client(), "eleve").get(address, {"periode": first.pk}).content.decode()
    assert all(each in page for each in ("14,2", "reprise de PRONOTE"))
    assert "Pas encore de note" not in page


def test_families_wait_for_the_open_hours(terms, ines):
    first, _second = terms
    with clock.at("2026-11-23T22:30"):
        apply(averages(f"{INES};Mathématiques;;12,5"), actor=None)
        assert marks_of(ines, first, SEEN_BY_GUARDIAN).services == []
        assert len(marks_of(ines, first, SEEN_BY_STAFF).services) == 1
    assert len(marks_of(ines, first, SEEN_BY_GUARDIAN).services) == 1


def test_a_subject_that_is_not_called_so_here_is_asked(college, terms, ines):
    take = averages(f"{INES};Sculpture;;12", f"{INES};Mathématiques;;11", f"{INES};MATHEMATIQUES;;13")
    assert [(number, fate) for number, fate, _why in issues(take)] == [(2, "held"), (4, "known")]
    assert [each["text"] for each in take.subjects] == ["Sculpture"]
    apply(take, actor=None)
    assert TakenAverage.objects.get().value == 11


def test_a_subject_without_a_course_here_stays_on_the_bulletin_alone(college, terms):
    # Elias, in 6e, has no French here.
    apply(averages("BELKACEM Elias;6C;T1;Français;;12"), actor=None)
    assert PastResult.objects.get().value == "12,00"
    assert not TakenAverage.objects.exists()


def test_two_lines_for_one_course_wait(terms, ines):
    apply(averages(f"{INES};Mathématiques;;12"), actor=None)
    ((_number, fate, why),) = issues(averages(f"{INES};061300;;13"))
    assert fate == "held"
    assert "déjà la moyenne de ce service" in why


def test_taken_back(college, terms, ines):
    take = averages(f"{INES};Mathématiques;;12,5")
    apply(take, actor=None)
    assert undo(take, actor=None) == 0
    assert not TakenAverage.objects.exists()


def test_a_past_year_counts_nowhere(college, terms, ines):
    take = receive(
        "moyennes.csv", csv_of("BELKACEM Inès;4B;Maths;15,5", titles="Élève;Classe;Matière;Moyenne"), actor=None,
        said={"origin": "PRONOTE", "year": 2025, "period": "T3"},
    )  # fmt: skip
    analyse(take)
    apply(take, actor=None)
    assert PastResult.objects.get().value == "15,50"
    assert not TakenAverage.objects.exists()
