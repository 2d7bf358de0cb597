"""Long statements whose text never changes, sent without reading it again each time.

psycopg turns `%(name)s` into `$1` at each execution of a statement over four thousand characters (`MAX_CACHED_STATEMENT_LENGTH`):
for a home page that is up to a millisecond. Here it is done once a process.
"""

import re
from functools import lru_cache
from typing import Any

from django.db import connection
from psycopg import RawCursor

_PARAMETER = re.compile(r"%(?:\((\w+)\)s|%)")


def first_row(statement: str, parameters: dict[str, Any]) -> tuple[Any, ...] | None:
    """The first row of a statement of this house, or None; `%(name)s` stands for a parameter and `%%` for a per cent."""
    if connection.queries_logged:
        # Django writes what it logs with the parameters by name.
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchone()
    text, names = numbered(statement)
    connection.ensure_connection()
    with connection.make_cursor(RawCursor(connection.connection)) as cursor:  # type: ignore[arg-type]
        cursor.execute(text, [parameters[name] for name in names])
        return cursor.fetchone()


@lru_cache(maxsize=1024)
def numbered(statement: str) -> tuple[str, tuple[str, ...]]:
    """A statement with `$1`, `$2`… for its parameters, and their names in that order."""
    names: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        name = found[1]
        return f"${names.setdefault(name, len(names) + 1)}" if name else "%"

    return _PARAMETER.sub(number, statement), tuple(names)
