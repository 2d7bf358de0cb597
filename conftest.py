"""Tests run on a real PostgreSQL, as the application's role: behind row-level security, like pages."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.models.signals import pre_migrate
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import DjangoDbBlocker

from pupitre.foundation.postgres.resolve import start_embedded
from pupitre.foundation.postgres.roles import prepare_database

HOUSE = Path(__file__).parent
# The cast, for every room.
pytest_plugins = ("tests.stage", "tests.cast")

# How fast the machine draws examples says nothing of what is tried.
hypothesis_settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("house")

# A table emptied by a rollback is remembered as empty: what a transaction writes there is then read by the worst of plans.
ANALYSE = """create or replace function analyse_tables() returns void language plpgsql security definer as $$
declare name text;
begin
  for name in select tablename from pg_tables where schemaname = 'public' loop execute format('analyze %I', name); end loop;
end $$"""

# Playwright's synchronous interface runs an event loop in the thread of the test.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def postgres() -> Iterator[None]:
    """The server of the tests, shared by every test process; the last to leave stops it, its data stay."""
    cluster = start_embedded(settings.STATE, careless=True)
    yield
    connection.close()
    if cluster:
        cluster.release()


@pytest.fixture(scope="session")
def own_database() -> Iterator[str]:
    """A database name that no other test process holds, whether of this run or of another one in the same folder.

    The name follows the migrations: one that was kept is used again only while they have not changed.
    """
    shape = hashlib.sha256()
    for migration in sorted((HOUSE / "pupitre").glob("**/migrations/*.py")):
        shape.update(migration.read_bytes())
    settings.STATE.mkdir(parents=True, exist_ok=True)
    for number in range(100):
        slot = os.open(settings.STATE / f"slot-{number}", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(slot)
            continue
        yield f"test_{number}_{shape.hexdigest()[:8]}"
        os.close(slot)
        return


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    postgres: None, own_database: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Called by pytest-django before it creates the database, as the owner."""
    connection.settings_dict["TEST"]["NAME"] = own_database
    with django_db_blocker.unblock():
        _drop_outdated(own_database)
    pre_migrate.connect(_prepare, dispatch_uid="prepare_database")
    yield
    pre_migrate.disconnect(dispatch_uid="prepare_database")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Hand the connection over to the application's role for the tests, and back to the owner at the end."""
    application = settings.APPLICATION_DATABASE["USER"]
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        # Tests that commit empty the tables after them; pages have no such right.
        cursor.execute(f"grant truncate on all tables in schema public to {connection.ops.quote_name(application)}")
        cursor.execute(ANALYSE)
    _connect_as(settings.APPLICATION_DATABASE)
    yield
    _connect_as(settings.OWNER_DATABASE)


def _connect_as(database: dict[str, Any]) -> None:
    connection.close()
    for name in ("USER", "PASSWORD", "HOST", "PORT"):
        connection.settings_dict[name] = database[name]
    # Plans prepared before the tables exist would be refused after.
    is_owner = database is settings.OWNER_DATABASE
    connection.settings_dict["OPTIONS"]["prepare_threshold"] = None if is_owner else 0


def _prepare(using: str, **_kwargs: Any) -> None:
    connection.ensure_connection()
    owner, application = settings.OWNER_DATABASE["USER"], settings.APPLICATION_DATABASE["USER"]
    prepare_database(connection.connection, owner, application)


def _drop_outdated(name: str) -> None:
    """Drop what this slot kept from other migrations."""
    slot = name.rpartition("_")[0]
    with connection._nodb_cursor() as cursor:
        cursor.execute("select datname from pg_database where starts_with(datname, %s)", [f"{slot}_"])
        for (old,) in cursor.fetchall():
            if old != name:
                cursor.execute(f"drop database if exists {connection.ops.quote_name(old)}")
