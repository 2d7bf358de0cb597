"""One JSON value read from one school in one statement, for pages that gather what several rooms know."""

from typing import Any

from django.db import connection


def ask(establishment_id: int, select: str, parameters: dict[str, Any]) -> str:
    """Open a school in the database and read one JSON value from it: one statement, outside any transaction.

    `select` is a scalar sub-select of this house that may use `wall.id`.
    """
    statement = f"with wall as materialized (select open_wall(%(establishment)s) as id) select {select}::text from wall"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, {"establishment": establishment_id, **parameters})
        return str(cursor.fetchone()[0])
