"""What the database itself enforces between schools: a migration operation, and the check that it was run."""

from __future__ import annotations

from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from pupitre.establishments.scope import SETTING, EstablishmentOwned, OwnedForeignKey

# The sub-select is planned once a statement, not once a row.
_OPEN = f"(select nullif(current_setting('{SETTING}', true), '')::bigint)"


class BuildWalls(Operation):
    """Wall every table of the application that carries its school: idempotent, the last operation of a migration.

    For each: unique (establishment, id), row-level security, and one composite foreign key per `OwnedForeignKey`.
    """

    reversible = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The state does not change: walls exist in the database alone."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        models_here = _owned(to_state.apps, app_label)
        for model in models_here:
            _separate(schema_editor, model._meta.db_table)
        # Second, since a link needs the unique pair it points to.
        for model in models_here:
            _link(schema_editor, model)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Nothing to undo: the tables that were added are dropped with their walls."""

    def describe(self) -> str:
        return "Wall the tables that belong to one school"


def owned_foreign_keys(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The links of a model towards rows of the same school."""
    return [field for field in model._meta.local_fields if isinstance(field, OwnedForeignKey)]


def is_owned(model: type[models.Model]) -> bool:
    """Whether a model belongs to one school."""
    return issubclass(model, EstablishmentOwned)


def _owned(apps: Apps, app_label: str) -> list[type[models.Model]]:
    return [model for model in apps.get_app_config(app_label).get_models() if _has_establishment(model)]


def _has_establishment(model: type[models.Model]) -> bool:
    # Historical models lose methods, not names: ask the real one.
    try:
        return is_owned(installed.get_model(model._meta.label))
    except LookupError:
        return False


def _separate(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    _constraint(editor, table, f"{table}_in_school", "unique (establishment_id, id)")
    editor.execute(f"alter table {table} enable row level security")
    editor.execute(f"drop policy if exists school on {table}")
    editor.execute(f"create policy school on {table} using (establishment_id = {_OPEN})")


def _link(editor: BaseDatabaseSchemaEditor, model: type[models.Model]) -> None:
    table = model._meta.db_table
    for field in owned_foreign_keys(model):
        target = field.related_model._meta.db_table  # type: ignore[union-attr]
        _constraint(
            editor,
            table,
            wall_name(table, field.column),
            f"foreign key (establishment_id, {field.column}) references {target} (establishment_id, id) "
            "deferrable initially deferred",
        )


def wall_name(table: str, column: str) -> str:
    """The name of a composite foreign key; PostgreSQL keeps 63 letters."""
    return f"{table}_{column}_wall"[:63]


def _constraint(editor: BaseDatabaseSchemaEditor, table: str, name: str, definition: str) -> None:
    editor.execute(
        f"do $$ begin if not exists (select from pg_constraint where conname = '{name}') then "
        f"alter table {table} add constraint {name} {definition}; end if; end $$"
    )
