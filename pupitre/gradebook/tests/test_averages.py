from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.gradebook.averages import Fate, Mark, Option, Part, average_of, explain, hundredths, mean_of
from pupitre.gradebook.rounding import Direction, Rounding, plain, written

HALF_POINT = Rounding(Direction.NEAREST, 50)


def mark(points, scale=20, coefficient=1, **facts):
    return Mark(None if points is None else round(points * 100), scale, round(coefficient * 100), **facts)


scales = st.sampled_from([5, 10, 20, 40])
coefficients = st.sampled_from([0, 50, 100, 150, 300])


@st.composite
def any_mark(draw, option=None):
    scale = draw(scales)
    points = draw(st.none() | st.integers(0, scale * 100)) if option is None else draw(st.integers(0, scale * 100))
    chosen = draw(st.sampled_from(Option)) if option is None else option
    return Mark(points, scale, draw(coefficients), draw(st.booleans()), chosen)


def test_the_example_of_the_specification_not_brought_and_brought_to_twenty():
    three = [(18, 20), (3, 10), (1, 5)]
    as_they_are = average_of([mark(points, scale) for points, scale in three])
    brought = average_of([mark(points, scale, brought=True) for points, scale in three])
    assert (as_they_are, brought) == (Fraction(88, 7), Fraction(28, 3))
    assert written(as_they_are, Rounding(Direction.NEAREST, 1)) == "12,57"
    assert written(brought, Rounding(Direction.NEAREST, 1)) == "9,33"
    assert (written(as_they_are, HALF_POINT), written(brought, HALF_POINT)) == ("12,5", "9,5")


@pytest.mark.parametrize("order", [(12.5, 19), (19, 12.5)])
def test_optional_marks_are_an_optimum_whatever_the_order_of_entry(order):
    marks = [mark(12, coefficient=4), *(mark(each, option=Option.IF_BETTER) for each in order)]
    found = explain(marks)
    assert found.value == Fraction("13.4")
    assert {line.mark.points: line.fate for line in found.lines[1:]} == {1900: Fate.COUNTED, 1250: Fate.NOT_BETTER}


@pytest.mark.parametrize("marks", [[], [mark(None)], [mark(15, coefficient=0)], [mark(None), mark(8, coefficient=0)]])
def test_nothing_that_counts_is_no_average_and_never_zero(marks):
    assert average_of(marks) is None
    assert written(average_of(marks), Rounding()) == "NN"
    assert mean_of([Part(None, 300), Part(Fraction(14), 100)]) == 14


def test_an_optional_mark_alone_raises_nothing():
    for option in (Option.BONUS, Option.IF_BETTER):
        found = explain([mark(18, option=option)])
        assert found.value is None
        assert found.lines[0].fate is Fate.NOTHING_TO_RAISE


def test_a_bonus_adds_its_points_above_the_half_and_weighs_nothing():
    assert average_of([mark(10), mark(10), mark(16, option=Option.BONUS)]) == 13
    found = explain([mark(10), mark(9, option=Option.BONUS)])
    assert (found.value, found.lines[1].fate) == (Fraction(10), Fate.BELOW_HALF)


def test_an_average_is_held_at_twenty():
    found = explain([mark(19), mark(20, option=Option.BONUS)])
    assert (found.value, found.before) == (Fraction(20), Fraction(19))
    assert found.is_capped


def test_a_coefficient_of_zero_is_shown_and_not_counted():
    found = explain([mark(4, coefficient=0), mark(12)])
    assert found.value == 12
    assert [line.fate for line in found.lines] == [Fate.ZERO_COEFFICIENT, Fate.COUNTED]


def test_parts_weigh_inside_a_service():
    assert mean_of([Part(Fraction(12), 200), Part(Fraction(15), 100), Part(None, 500)]) == 13


@given(st.lists(any_mark(), max_size=12))
def test_the_explanation_says_what_the_average_is(marks):
    found = explain(marks)
    assert found.value == average_of(marks)
    assert [line.mark for line in found.lines] == marks
    assert found.value is None or 0 <= found.value <= 20


@given(st.lists(any_mark(), max_size=12), st.randoms())
def test_the_order_of_entry_changes_nothing(marks, random):
    shuffled = list(marks)
    random.shuffle(shuffled)
    assert average_of(shuffled) == average_of(marks)


@given(st.lists(any_mark(), max_size=12))
def test_optional_marks_never_lower_an_average(marks):
    found = explain(marks)
    if found.value is not None:
        assert found.before is not None
        assert found.value >= found.before


@given(st.lists(any_mark(Option.NONE), min_size=1, max_size=3), st.lists(any_mark(Option.IF_BETTER), max_size=7))
def test_no_other_choice_of_optional_marks_is_better(compulsory, optional):
    found = average_of([*compulsory, *optional])
    choices = [
        average_of([*compulsory, *(Mark(m.points, m.scale, m.coefficient, m.brought) for m in chosen)])
        for size in range(len(optional) + 1)
        for chosen in combinations(optional, size)
    ]
    if found is None:
        assert choices[0] is None
    else:
        assert found == max(each for each in choices if each is not None)


@given(st.fractions(0, 20), st.sampled_from(Direction), st.sampled_from([1, 10, 50, 100]))
def test_rounding_goes_its_way_by_less_than_a_step(value, direction, step):
    rounded = Rounding(direction, step).apply(value)
    if direction is Direction.NONE:
        assert rounded == value
        return
    assert (rounded * 100 / step).denominator == 1
    assert abs(rounded - value) * 100 < step
    assert direction is not Direction.UP or rounded >= value
    assert direction is not Direction.DOWN or rounded <= value
    assert direction is not Direction.NEAREST or abs(rounded - value) * 200 <= step


@pytest.mark.parametrize(
    ("direction", "step", "text"),
    [("none", 1, "12,57"), ("up", 10, "12,6"), ("down", 10, "12,5"), ("nearest", 100, "13"), ("up", 50, "13,0")],
)
def test_an_average_is_written_by_the_rule_of_the_school(direction, step, text):
    assert written(Fraction(88, 7), Rounding(Direction(direction), step)) == text


def test_numbers_are_written_as_in_french():
    assert [plain(Fraction(each)) for each in ("12.50", "7", "0.25", "0")] == ["12,5", "7", "0,25", "0"]


def test_more_than_two_decimals_are_refused():
    assert hundredths(Decimal("12.25")) == 1225
    with pytest.raises(ValueError, match=r"12\.255"):
        hundredths(Decimal("12.255"))
