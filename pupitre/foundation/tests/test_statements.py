"""A long statement gives the same by either way of sending it."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from pupitre.foundation.statements import first_row, numbered


def test_a_parameter_named_twice_is_sent_once():
    assert numbered("select %(a)s, %(b)s, %(a)s, 7 %% 4") == ("select $1, $2, $1, 7 % 4", ("a", "b"))


def test_a_row_is_the_same_when_statements_are_logged(db):
    ask = "select %(word)s::text, %(number)s::int + 7 %% 4, %(word)s::text = 'é%%'"
    parameters = {"word": "é%", "number": 2, "unused": None}
    found = first_row(ask, parameters)
    with CaptureQueriesContext(connection):
        assert first_row(ask, parameters) == found == ("é%", 5, True)


def test_no_row_is_none(db):
    assert first_row("select 1 where %(yes)s", {"yes": False}) is None
