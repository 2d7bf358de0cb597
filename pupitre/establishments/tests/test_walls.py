"""What the database itself enforces, and the operation that builds it."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, migrations
from django.db.migrations.state import ProjectState

from pupitre.accounts.models import User
from pupitre.establishments.models import Closure, Establishment, Term
from pupitre.establishments.scope import scope
from pupitre.establishments.tests.school import SEPTEMBER
from pupitre.establishments.walls import BuildWalls, is_owned, owned_foreign_keys, wall_name


def test_what_belongs_to_a_school() -> None:
    assert is_owned(Closure)
    assert not is_owned(User)
    assert [field.name for field in owned_foreign_keys(Term)] == ["school_year"]


def test_names_of_constraints_are_those_that_postgresql_keeps() -> None:
    assert wall_name("directory_membership", "group_id") == "directory_membership_group_id_wall"
    assert len(wall_name("a_table_with_a_very_long_name_indeed", "and_a_column_with_a_long_name_too")) == 63


def test_building_the_walls_changes_no_state_and_needs_no_undoing() -> None:
    operation, state = BuildWalls(), ProjectState.from_apps(apps)
    before = set(state.models)
    operation.state_forwards("establishments", state)
    assert set(state.models) == before
    assert operation.reversible
    assert isinstance(operation, migrations.operations.base.Operation)
    assert operation.describe()


def test_the_role_of_pages_cannot_touch_the_walls(db: None) -> None:
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute("alter table establishments_closure disable row level security")


@pytest.mark.parametrize(
    "statement", ["update establishments_closure set label = 'x'", "delete from establishments_closure"]
)
def test_rows_of_another_school_are_neither_changed_nor_deleted(
    college: Establishment, neighbour: Establishment, statement: str
) -> None:
    with scope(neighbour.pk):
        Closure.objects.create(label="Pont", starts_on=SEPTEMBER, ends_on=SEPTEMBER)
    with scope(college.pk), connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount == 0
    with scope(neighbour.pk):
        assert Closure.objects.get().label == "Pont"


def test_a_row_cannot_be_moved_into_another_school(college: Establishment, neighbour: Establishment) -> None:
    def move() -> None:
        with scope(college.pk):
            Closure.objects.create(label="Pont", starts_on=SEPTEMBER, ends_on=SEPTEMBER)
            Closure.objects.update(establishment=neighbour)

    with pytest.raises(ProgrammingError, match="row-level security"):
        move()
