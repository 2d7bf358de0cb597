"""One school is open at a time, for the manager and for the database alike."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction

from pupitre.establishments.models import Closure, Establishment
from pupitre.establishments.scope import SETTING, NoScope, current_establishment_id, scope
from pupitre.establishments.tests.school import SEPTEMBER


def said_to_the_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select current_setting(%s, true)", [SETTING])
        (value,) = cursor.fetchone()
    return value or ""


@pytest.mark.parametrize(
    "question",
    [current_establishment_id, Closure.objects.count, Closure.objects.all, lambda: Closure(label="x").save()],
)
def test_nothing_is_asked_nor_written_while_no_school_is_open(db: None, question: Callable[[], object]) -> None:
    with pytest.raises(NoScope):
        question()


def test_the_database_is_told_which_school_is_open(college: Establishment, neighbour: Establishment) -> None:
    with scope(college.pk):
        assert (current_establishment_id(), said_to_the_database()) == (college.pk, str(college.pk))
        with scope(neighbour.pk):
            assert said_to_the_database() == str(neighbour.pk)
        assert said_to_the_database() == str(college.pk)
    assert said_to_the_database() == ""


def test_an_error_closes_the_school_and_takes_back_what_was_written(college: Establishment) -> None:
    def write_and_fail() -> None:
        with scope(college.pk):
            Closure.objects.create(label="Pont", starts_on=SEPTEMBER, ends_on=SEPTEMBER)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    with pytest.raises(NoScope):
        current_establishment_id()
    assert said_to_the_database() == ""
    with scope(college.pk):
        assert not Closure.objects.exists()


def test_an_error_inside_leaves_the_outer_school_open(college: Establishment, neighbour: Establishment) -> None:
    def fail_next_door() -> None:
        with scope(neighbour.pk):
            raise ZeroDivisionError

    with scope(college.pk):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            fail_next_door()
        assert said_to_the_database() == str(college.pk)
        Closure.objects.create(label="Pont", starts_on=SEPTEMBER, ends_on=SEPTEMBER)
        assert Closure.objects.get().establishment == college


def test_a_new_row_belongs_to_the_open_school(college: Establishment) -> None:
    with scope(college.pk):
        closure = Closure(label="Pont", starts_on=SEPTEMBER, ends_on=SEPTEMBER)
        closure.save()
        assert closure.establishment == college
