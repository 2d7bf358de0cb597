"""Right after a first import the database believes its tables empty: pages must not walk every pair of rows then."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from pupitre.directory.tests.factories import PersonFactory, enrol, make_guardian
from pupitre.establishments.scope import scope
from pupitre.messaging.audiences import parse_all
from pupitre.messaging.queries.addressing import count_recipients
from pupitre.messaging.queries.groups import groups_for
from pupitre.messaging.queries.myself import myself
from pupitre.messaging.queries.people import candidates_among, everyone_reached, find_people
from pupitre.messaging.tests.letters import actor_of
from tests.cast import Cast

FAMILIES = 120
TABLES = ("affiliation", "group", "guardianship", "membership", "person", "student")


@pytest.fixture
def believed_empty(django_db_setup: None) -> Iterator[None]:
    """What the database notes of a table that was emptied, then looked at; forgotten after."""
    owner, name = settings.OWNER_DATABASE, connection.settings_dict["NAME"]
    address = {"user": owner["USER"], "password": owner["PASSWORD"], "host": owner["HOST"], "port": owner["PORT"]}
    note = "select pg_restore_relation_stats('schemaname', 'public', 'relname', %s::text, 'relpages', {}, 'reltuples', {}::real)"
    with psycopg.connect(dbname=name, autocommit=True, **address) as database:
        for table in TABLES:
            database.execute(note.format(10, 0), [f"directory_{table}"])
        yield
        for table in TABLES:
            database.execute(note.format(0, -1), [f"directory_{table}"])


@contextmanager
def pairs_walked() -> Iterator[list[int]]:
    """How many pairs of rows each statement inside compared for nothing."""
    found: list[int] = []

    def explain(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        if "directory_" in sql:
            execute(f"explain (analyze, format json) {sql}", parameters, many, context)
            found.append(_thrown_away(context["cursor"].fetchone()[0][0]["Plan"]))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(explain):
        yield found


def _thrown_away(node: dict[str, Any]) -> int:
    here = node.get("Rows Removed by Join Filter", 0) * node.get("Actual Loops", 1)
    return int(here) + sum(_thrown_away(each) for each in node.get("Plans", ()))


def test_no_statement_walks_every_pair(believed_empty: None, cast: Cast, tuesday: object):
    with scope(cast.college.pk):
        for number in range(FAMILIES):
            child = PersonFactory(last_name=f"ENFANT{number}")
            enrol(child, cast.groups["4B"])
            make_guardian(PersonFactory(last_name=f"PARENT{number}"), child, cast.college)
        sender = myself(actor_of(cast, "enseignante")).sender()
        with pairs_walked() as pairs:
            [mine] = [group for group in groups_for(sender) if group.label == "4B"]
            assert (mine.students, mine.guardians) == (FAMILIES + 1, FAMILIES + 1)
            assert len(everyone_reached(sender, 1000)) > 2 * FAMILIES
            assert len(find_people(sender, "parent7")) == 11
            assert candidates_among(sender, [cast.people["parent"].pk])
            assert count_recipients(sender.person_id, parse_all([f"parents-{mine.pk}"])) == {"guardian": FAMILIES + 1}
    assert len(pairs) == 5
    assert max(pairs) < FAMILIES * FAMILIES
