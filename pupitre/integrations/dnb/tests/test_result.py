from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.integrations.dnb.result import EXAMS, TOP, Subject, continuous, final, mention, needed

marks = st.integers(0, 2000).map(lambda n: Fraction(n, 100))
subjects = st.builds(Subject, st.just("Matière"), st.lists(st.one_of(st.none(), marks), max_size=3), st.booleans())


def _subject(*terms: int | None, optional: bool = False) -> Subject:
    return Subject("Matière", [None if each is None else Fraction(each) for each in terms], optional)


def test_the_coefficients_of_the_examination_make_ten():
    assert sum(weight for _key, weight in EXAMS) == 100


def test_every_compulsory_subject_weighs_the_same():
    found = continuous([_subject(10, 12, 14), _subject(8), _subject(None, None)])
    assert found is not None
    assert found.value == 10
    assert (found.count, found.bonus) == (2, None)


def test_one_optional_subject_brings_its_points_above_ten():
    found = continuous([_subject(10), _subject(12), _subject(16, optional=True), _subject(14, optional=True)])
    assert found is not None
    assert found.mean == 11
    assert found.value == 14
    assert found.count == 2
    below = continuous([_subject(10), _subject(9, optional=True)])
    assert below is not None
    assert below.value == 10
    assert below.bonus is None


def test_the_part_of_the_year_stays_within_twenty():
    found = continuous([_subject(19), _subject(20, optional=True)])
    assert found is not None
    assert found.value == 20
    assert found.is_capped


def test_nothing_is_said_without_a_compulsory_average():
    assert continuous([_subject(None), _subject(15, optional=True)]) is None


@pytest.mark.parametrize(
    ("result", "key"),
    [
        ("9.99", "fail"),
        ("10", "pass"),
        ("11.99", "pass"),
        ("12", "fair"),
        ("14", "good"),
        ("16", "very_good"),
        ("18", "congratulations"),
    ],
)
def test_mentions(result, key):
    assert mention(Fraction(result)) == key


def test_two_parts_in_five_and_three_in_five():
    assert final(Fraction(10), Fraction(15)) == 13
    assert needed(Fraction(10), Fraction(13)) == 15
    assert needed(Fraction(5), Fraction(18)) is None


@given(marks, marks)
def test_what_is_needed_is_just_enough(year, wanted):
    least = needed(year, wanted)
    if least is None:
        assert final(year, TOP) < wanted
    else:
        assert final(year, least) >= wanted
        assert least == 0 or final(year, least) == wanted


@given(st.lists(subjects, max_size=6))
def test_an_option_never_lowers(held):
    found = continuous(held)
    without = continuous([each for each in held if not each.is_optional])
    assert (found is None) == (without is None)
    if found is not None and without is not None:
        assert without.value <= found.value <= TOP
