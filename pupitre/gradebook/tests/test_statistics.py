from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pupitre.gradebook.statistics import bars_of, spread_of


def test_a_class_in_a_few_numbers():
    found = spread_of([Fraction(each) for each in (6, 8, 9, 12, 12, 13, 18)] + [None])
    assert found is not None
    assert found.count == 7
    assert [found.least, found.most, found.median] == [6, 18, 12]
    assert [found.first_quartile, found.third_quartile] == [8, 13]
    assert (found.low, found.middle, found.high) == (1, 4, 2)
    assert found.mean == Fraction(78, 7)


def test_a_class_without_a_number_has_no_spread():
    assert spread_of([None, None]) is None
    assert bars_of([]) == []


def test_marks_are_counted_by_two_points_and_twenty_has_its_place():
    assert bars_of([Fraction(9), Fraction(13), Fraction(20)]) == [(8, 1), (10, 0), (12, 1), (14, 0), (16, 0), (18, 1)]


@given(st.lists(st.fractions(0, 20), min_size=1, max_size=40))
def test_numbers_stand_in_order_and_nobody_is_forgotten(values):
    found = spread_of(values)
    assert found is not None
    assert found.least <= found.first_quartile <= found.median <= found.most
    assert found.first_quartile <= found.third_quartile <= found.most
    assert found.least <= found.mean <= found.most
    assert found.low + found.middle + found.high == sum(count for _at, count in bars_of(values)) == len(values)
