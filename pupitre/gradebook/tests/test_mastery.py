import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.gradebook.mastery import HIGHEST, LOWEST, Mode, mastery, positioning
from pupitre.gradebook.socle import LETTERS, SOCLE, Domain, Level

levels = st.lists(st.integers(LOWEST, HIGHEST), min_size=1, max_size=12)


@pytest.mark.parametrize(("mode", "count", "level"), [
    (Mode.BEST, 3, 4),
    (Mode.LAST, 2, 3),  # 2, 3 → 2.5, upwards
    (Mode.N_BEST, 2, 4),  # 3, 4 → 3.5, upwards
    (Mode.MEAN, 3, 3),  # 1, 4, 2, 3 → 2.5
    (Mode.PROGRESSIVE, 3, 3),  # (1 + 8 + 6 + 12) / 10 = 2.7
])  # fmt: skip
def test_several_levels_become_one(mode, count, level):
    assert mastery([1, 4, 2, 3], mode, count) == level


@pytest.mark.parametrize("mode", Mode)
def test_what_was_never_assessed_has_no_level(mode):
    assert mastery([], mode) is None
    assert positioning([None, None]) is None


@given(levels, st.sampled_from(Mode), st.integers(1, 5))
def test_a_level_stays_between_those_it_is_made_of(given_levels, mode, count):
    found = mastery(given_levels, mode, count)
    assert found is not None
    assert min(given_levels) <= found <= max(given_levels)


@given(st.integers(LOWEST, HIGHEST), st.integers(1, 6), st.sampled_from(Mode))
def test_the_same_level_again_and_again_is_that_level(level, times, mode):
    assert mastery([level] * times, mode) == level


def test_the_base_has_eight_components_and_each_level_its_letter():
    assert {each.domain for each in SOCLE.values()} == set(Domain.values)
    assert len(Domain) == 8
    assert len(SOCLE) == 31
    assert set(LETTERS) == set(Level.values)
