"""Which database to use: the one of the environment, else ours."""

import os
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from pupitre.foundation.postgres.cluster import Cluster
from pupitre.foundation.postgres.roles import APPLICATION, DATABASE, OWNER, ensure_database


def is_external() -> bool:
    """Whether the environment names a database; ours is then never started."""
    return bool(os.environ.get("DATABASE_URL"))


def database_urls(state: Path) -> tuple[str, str]:
    """The address for the application and the address for its owner (migrations). Starts nothing.

    Order: `DATABASE_URL` (with `DATABASE_OWNER_URL`, the same by default), then the embedded server under `state`.
    Raises PostgresError when there is neither.
    """
    if is_external():
        application = os.environ["DATABASE_URL"]
        return application, os.environ.get("DATABASE_OWNER_URL") or application
    cluster = Cluster(state)
    return cluster.url(APPLICATION, DATABASE), cluster.url(OWNER, DATABASE)


def start_embedded(state: Path, *, careless: bool = False) -> Cluster | None:
    """Start our server with its database, unless the environment names another one. Raises PostgresError."""
    if is_external():
        return None
    cluster = Cluster(state, careless=careless)
    try:
        cluster.start()
        ensure_database(cluster)
    except BaseException:
        cluster.release()
        raise
    return cluster


def django_database(url: str) -> dict[str, Any]:
    """The address, in the words of Django's `DATABASES`; its other parameters become options of the driver."""
    parts = conninfo_to_dict(url)
    named = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}  # nosec B105
    settings = {name: str(parts.pop(key, "") or "") for name, key in named.items()}
    return {"ENGINE": "django.db.backends.postgresql", **settings, "OPTIONS": dict(parts)}
