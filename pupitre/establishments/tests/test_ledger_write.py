"""Many rows in one transaction: created by name, changed, deleted; what is kept of it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pupitre.establishments.ledger import Bind, Delete, Ref, Update, write
from pupitre.establishments.models import Closure, Establishment, SchoolYear, Term
from pupitre.establishments.scope import scope
from pupitre.establishments.tests.school import DECEMBER, ORDER, SEPTEMBER, closure, term, year


def test_rows_point_to_rows_of_the_same_list_in_any_order(inside: Establishment) -> None:
    lines = write([term(Ref("y")), closure(), year(ref="y")], ORDER)
    assert Term.objects.get().school_year.year == 2026
    assert [(line.model, line.action) for line in lines] == [
        ("establishments.SchoolYear", "create"), ("establishments.Term", "create"), ("establishments.Closure", "create"),
    ]  # fmt: skip
    assert all(row[1:] == [None, None] for line in lines for row in line.rows)


def test_rows_go_to_the_open_school_whoever_writes_them(inside: Establishment, neighbour: Establishment) -> None:
    write([closure()], ORDER)
    assert Closure.objects.get().establishment == inside
    with scope(neighbour.pk):
        assert not Closure.objects.exists()


def test_a_row_whose_owner_was_declined_is_left_out(inside: Establishment) -> None:
    write([term(Ref("nobody")), closure()], ORDER)
    assert not Term.objects.exists()
    assert Closure.objects.exists()


def test_a_name_given_twice_makes_one_row(inside: Establishment) -> None:
    write([closure("Pont", ref="c"), closure("Autre", DECEMBER, ref="c")], ORDER)
    assert Closure.objects.get().label == "Pont"


def test_a_table_without_a_place_in_the_order_is_refused(inside: Establishment) -> None:
    with pytest.raises(ValueError, match="no place in the order"):
        write([closure()], (Term,))


def test_columns_of_created_rows_are_remembered_when_asked(inside: Establishment) -> None:
    (line,) = write([closure()], ORDER, remember={Closure: ("label", "starts_on", "unknown")})
    assert line.rows[0][2] == {"label": "Pont", "starts_on": SEPTEMBER}


def test_changes_of_one_row_are_put_together_and_the_last_one_wins(inside: Establishment) -> None:
    write([closure()], ORDER)
    held = Closure.objects.get()
    (line,) = write(
        [
            Update(Closure, held.pk, {"label": "Pont"}, {"label": "A"}),
            Update(Closure, held.pk, {"label": "Pont"}, {"label": "B"}),
            Update(Closure, held.pk, {"ends_on": SEPTEMBER}, {"ends_on": DECEMBER}),
        ],
        ORDER,
    )
    held.refresh_from_db()
    assert (held.label, held.ends_on) == ("B", DECEMBER)
    assert line.rows == [[held.pk, {"label": "Pont", "ends_on": SEPTEMBER}, {"label": "B", "ends_on": DECEMBER}]]


def test_what_changes_nothing_is_not_written(inside: Establishment) -> None:
    write([closure()], ORDER)
    assert write([Update(Closure, Closure.objects.get().pk, {"label": "Pont"}, {"label": "Pont"})], ORDER) == []
    assert write([], ORDER) == []


def test_a_change_that_points_to_a_declined_row_is_left_out(inside: Establishment) -> None:
    write([year(ref="y"), term(Ref("y"))], ORDER)
    held = Term.objects.get()
    moved = {"school_year_id": held.school_year_id}
    assert write([Update(Term, held.pk, moved, {"school_year_id": Ref("nobody")})], ORDER) == []
    write([year(2027, ref="next"), Update(Term, held.pk, moved, {"school_year_id": Ref("next")})], ORDER)
    assert Term.objects.get().school_year.year == 2027


def test_deletions_come_first_so_that_a_row_may_replace_another(inside: Establishment) -> None:
    write([closure()], ORDER)
    held = Closure.objects.get()
    lines = write([closure("Autre"), Delete(Closure, held.pk)], ORDER)
    assert Closure.objects.get().label == "Autre"
    assert [line.action for line in lines] == ["delete", "create"]
    assert lines[0].rows[0][1]["label"] == "Pont"


def test_a_name_may_stand_for_a_row_that_exists(inside: Establishment) -> None:
    write([year()], ORDER)
    held = SchoolYear.objects.get()
    write([Bind("y", held.pk), year(2027, ref="y"), term(Ref("y"))], ORDER)
    assert SchoolYear.objects.get() == held
    assert Term.objects.get().school_year == held


def test_what_a_bound_owner_has_already_is_brought_up_to_date(inside: Establishment) -> None:
    write([year(ref="y"), term(Ref("y"))], ORDER)
    held = Term.objects.get()
    shortening = Update(Term, held.pk, {"ends_on": DECEMBER}, {"ends_on": dt.date(2026, 10, 1)})
    lines = write(
        [Bind("y", held.school_year_id), year(ref="y"), term(Ref("y"), label="Trimestre 1"), shortening], ORDER
    )
    held.refresh_from_db()
    # The row of the bound owner has the last word over what another write said of it.
    assert (held.label, held.ends_on) == ("Trimestre 1", DECEMBER)
    assert [(line.model, line.action) for line in lines] == [("establishments.Term", "update")]


def test_a_thousand_rows_take_few_statements(inside: Establishment) -> None:
    days = [SEPTEMBER + dt.timedelta(days=rank) for rank in range(1000)]
    with CaptureQueriesContext(connection) as statements:
        write([closure(day=day) for day in days], ORDER)
    assert len(statements) <= 3
    changes = [
        Update(Closure, pk, {"label": "Pont"}, {"label": "Été"}) for pk in Closure.objects.values_list("pk", flat=True)
    ]
    with CaptureQueriesContext(connection) as statements:
        write(changes, ORDER)
    assert len(statements) == 1
    assert Closure.objects.filter(label="Été").count() == 1000
