"""`pupitre migrate`: what the database must hold before the migrations, the migrations, the cache's table."""

import os
import subprocess
import sys
from collections.abc import Sequence

import django


def migrate(arguments: Sequence[str]) -> None:
    """Bring the database up to date; run as its owner. The arguments are those of Django's `migrate`."""
    from django.core.management import ManagementUtility, call_command
    from django.db import connection

    from pupitre.foundation.postgres.resolve import django_database
    from pupitre.foundation.postgres.roles import prepare_database

    django.setup()
    from django.conf import settings

    owner, application = (django_database(url)["USER"] for url in (settings.OWNER_URL, settings.APPLICATION_URL))
    connection.ensure_connection()
    prepare_database(connection.connection, owner, application)
    ManagementUtility(["pupitre", "migrate", "--traceback", "--skip-checks", *arguments]).execute()
    call_command("createcachetable", verbosity=0)


def is_up_to_date() -> bool:
    """Whether every migration was applied."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def migrate_apart() -> None:
    """Migrate in a process of its own: this one is connected as the application, which may not change tables."""
    done = subprocess.run(
        [sys.executable, "-m", "config.cli", "migrate", "--verbosity=0"],
        env={**os.environ, "PUPITRE_ROLE": "owner"},
        check=False,
    )
    if done.returncode:
        sys.exit(done.returncode)
