"""Who does what in the database: one role owns it and changes its shape, another one, which owns nothing, serves pages.

Row-level security binds the second; a mistake in a page cannot drop, alter or read through it.
"""

from typing import Any

import psycopg
from psycopg import sql

from pupitre.foundation.postgres.cluster import Cluster

OWNER = "pupitre_owner"
APPLICATION = "pupitre_app"
DATABASE = "pupitre"

_EXTENSIONS = ("unaccent", "pg_trgm", "btree_gist")

# « reunions eleve » finds « Réunion des élèves ».
_FRENCH_SEARCH = """
do $$ begin
  if not exists (select from pg_ts_config where cfgname = 'fr') then
    create text search configuration fr (copy = french);
    alter text search configuration fr alter mapping for hword, hword_part, word with unaccent, french_stem;
  end if;
end $$
"""


def ensure_database(cluster: Cluster, database: str = DATABASE) -> None:
    """Create the two roles and the database when they are missing; one short query when they are there."""
    with cluster.connect() as connection:
        if _exists(connection, database):
            return
        # Of several programs that start together on a new server, one makes everything and the others wait for it.
        connection.execute("select pg_advisory_lock(hashtext('pupitre.ensure_database'))")
        _ensure_role(connection, OWNER, "createdb")
        _ensure_role(connection, APPLICATION, "nocreatedb")
        if _exists(connection, database):
            return
        connection.execute(
            sql.SQL("create database {} owner {}").format(sql.Identifier(database), sql.Identifier(OWNER))
        )
        with cluster.connect(database) as inside:
            prepare_database(inside, OWNER, APPLICATION)


def prepare_database(connection: psycopg.Connection[Any], owner: str, application: str) -> None:
    """Give a database what migrations stand on: extensions, French search, what the application may do.

    Run before every migration: changes nothing the second time. `owner` is who creates the tables. The extensions are
    trusted ones, so that the owner of a database may create them himself.
    """
    for extension in _EXTENSIONS:
        connection.execute(sql.SQL("create extension if not exists {}").format(sql.Identifier(extension)))
    connection.execute(_FRENCH_SEARCH)
    if application == owner:
        return
    for rights, things in (
        ("select, insert, update, delete", "tables"),
        ("usage", "sequences"),
        ("execute", "functions"),
    ):
        connection.execute(
            sql.SQL("alter default privileges for role {} in schema public grant {} on {} to {}").format(
                sql.Identifier(owner), sql.SQL(rights), sql.SQL(things), sql.Identifier(application)
            )
        )


def _exists(connection: psycopg.Connection[Any], database: str) -> bool:
    return connection.execute("select 1 from pg_database where datname = %s", [database]).fetchone() is not None


def _ensure_role(connection: psycopg.Connection[Any], name: str, may_create: str) -> None:
    if connection.execute("select 1 from pg_roles where rolname = %s", [name]).fetchone() is None:
        connection.execute(
            sql.SQL("create role {} login nosuperuser nobypassrls nocreaterole {}").format(
                sql.Identifier(name), sql.SQL(may_create)
            )
        )
