"""Run apart, as the owner of an academy's database: `python -m bench.fill SCHOOLS SEED`."""

import sys
import time

import django
import psycopg

from config.cli import database, say
from config.state import state_folder


def fill(schools: int, seed: int) -> None:
    """Make the rows, then let PostgreSQL tidy and count them, as it does by itself at night."""
    django.setup()
    from django.conf import settings

    from bench.academy.build import build_academy
    from bench.data import keep_visitors

    started = time.monotonic()

    def tell(done: int) -> None:
        if done % max(1, schools // 10) == 0:
            say(f"  {done} établissements sur {schools} ({time.monotonic() - started:.0f} s)")

    with psycopg.connect(settings.OWNER_URL, autocommit=True) as connection:
        visitors = build_academy(connection, schools=schools, seed=seed, tell=tell)
        # Nothing is left for the autovacuum to do while pages are measured.
        connection.execute("vacuum (freeze, analyze)")
        people = connection.execute("select count(*) from directory_person").fetchone()
        size = connection.execute("select pg_size_pretty(pg_database_size(current_database()))").fetchone()
    keep_visitors(state_folder(), visitors)
    if people and size:
        say(f"  {people[0]} personnes, {size[0]}")


if __name__ == "__main__":
    with database():
        fill(int(sys.argv[1]), int(sys.argv[2]))
