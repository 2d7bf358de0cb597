from hypothesis import given
from hypothesis import strategies as st

from pupitre.directory.profiles import CAPABILITIES, Profile, capabilities_of
from pupitre.portal.blocks import ORIGINAL, Block, blocks_of, profile_of
from pupitre.portal.layout import Layout, OwnRow, SchoolRow, own_layout, rearranged, school_layout

BLOCKS = ("figures", "needs", "day", "imports")
some_blocks = st.lists(st.sampled_from([*BLOCKS, "gone"]), unique=True)


def own(*blocks: str, hidden: tuple[str, ...] = ()) -> OwnRow:
    return OwnRow(list(blocks), list(hidden), "", None, None)


def test_without_any_choice_pupitre_gives_the_order():
    assert school_layout(BLOCKS, [None, None]) == Layout(BLOCKS)


def test_the_school_comes_before_pupitre_and_the_person_before_the_school():
    base = school_layout(BLOCKS, [SchoolRow(["day", "needs", "figures", "imports"], ["imports"], [])])
    assert base.shown == ("day", "needs", "figures")
    assert own_layout(base, None) == base
    assert own_layout(base, own("imports", "day", "needs", "figures")).shown == ("imports", "day", "needs", "figures")


def test_an_imposed_block_is_neither_moved_nor_hidden():
    base = school_layout(BLOCKS, [SchoolRow(list(BLOCKS), [], ["needs"])])
    mine = own_layout(base, own("imports", "day", "figures", "needs", hidden=("needs", "figures")))
    assert mine.order == ("imports", "needs", "day", "figures")
    assert mine.shown == ("imports", "needs", "day")


def test_of_several_schools_the_first_that_chose_gives_the_order_and_each_may_impose():
    rows = [None, SchoolRow(["children", "needs"], ["needs"], []), SchoolRow(["needs", "children"], [], ["needs"])]
    layout = school_layout(("needs", "children"), rows)
    assert layout.shown == ("children", "needs")
    assert layout.locked == {"needs"}


def test_a_block_that_came_since_takes_the_place_pupitre_gives_it():
    assert rearranged(Layout(BLOCKS), ["imports", "figures", "day"], []).order == ("imports", "needs", "figures", "day")


def test_moving_a_block_steps_over_those_that_are_imposed():
    layout = Layout(BLOCKS, locked=frozenset({"needs"}))
    assert layout.moved("day", -1).order == ("day", "needs", "figures", "imports")
    assert not layout.can_move("figures", -1)
    assert not layout.can_move("needs", 1)
    assert layout.moved("figures", -1) == layout


@given(st.lists(st.sampled_from(BLOCKS), unique=True), some_blocks, some_blocks)
def test_whatever_was_kept_every_block_is_there_once_and_imposed_ones_stay(locked, blocks, hidden):
    base = Layout(BLOCKS).imposing(locked)
    mine = rearranged(base, blocks, hidden)
    assert sorted(mine.order) == sorted(BLOCKS)
    assert all(mine.order.index(block) == BLOCKS.index(block) for block in locked)
    assert not mine.hidden & set(locked)


def test_every_profile_has_an_order_made_of_known_blocks():
    assert set(ORIGINAL) == set(CAPABILITIES) == set(Profile)
    for order in ORIGINAL.values():
        assert len(order) == len(set(order))
        assert set(order) <= set(Block)


def test_blocks_that_come_with_a_right_are_for_those_who_hold_it():
    teacher = frozenset({Profile.TEACHER})
    assert blocks_of(teacher, capabilities_of(teacher)) == ("now", "day", "needs", "events", "outside", "classes")
    assert "imports" in blocks_of(teacher, capabilities_of(teacher, frozenset({"imports.view"})))
    academy = frozenset({Profile.ACADEMY_ADMIN})
    assert blocks_of(academy, capabilities_of(academy)) == ("figures", "needs", "imports")


def test_a_digital_referent_who_teaches_has_both_homes_in_one():
    both = frozenset({Profile.LOCAL_ADMIN, Profile.TEACHER, Profile.GUARDIAN})
    assert profile_of(both) == Profile.LOCAL_ADMIN
    assert blocks_of(both, capabilities_of(both)) == (
        "figures",
        "now",
        "needs",
        "day",
        "events",
        "outside",
        "classes",
        "imports",
    )
