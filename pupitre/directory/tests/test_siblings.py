import datetime as dt

from pupitre.directory.siblings import COLOURS, colours_of

ELDER, YOUNGER = dt.date(2011, 5, 2), dt.date(2014, 9, 30)


def test_the_eldest_takes_the_first_colour_whatever_the_order_of_the_schools():
    assert colours_of({7: YOUNGER, 9: ELDER}) == colours_of({9: ELDER, 7: YOUNGER}) == {9: COLOURS[0], 7: COLOURS[1]}


def test_twins_and_children_without_a_date_keep_their_order():
    assert colours_of({3: None, 2: ELDER, 1: ELDER}) == {1: COLOURS[0], 2: COLOURS[1], 3: COLOURS[2]}


def test_a_large_family_begins_the_colours_again():
    assert colours_of(dict.fromkeys(range(8), ELDER))[6] == COLOURS[0]
