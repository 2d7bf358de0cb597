"""One JSON value read from one school in one statement, for pages that gather what several rooms know."""

from typing import Any

from pupitre.foundation.statements import first_row


def ask(establishment_id: int, select: str, parameters: dict[str, Any], *, beside: str = "") -> str:
    """Open a school in the database and read one JSON value from it: one statement, outside any transaction.

    `select` is a scalar sub-select of this house that may use `wall.id`, and the row of the table `me` given in `beside`.
    """
    tables, ctes = ("wall, me", f", {beside}") if beside else ("wall", "")
    wall = "wall as materialized (select open_wall(%(establishment)s) as id)"
    statement = f"with {wall}{ctes} select {select}::text from {tables}"  # noqa: S608
    row = first_row(statement, {"establishment": establishment_id, **parameters})
    return str(row[0]) if row else "null"
