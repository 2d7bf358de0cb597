"""Under pytest: a server of its own beside the others, never their data."""

import os
from typing import Any

os.environ["SECRET_KEY"] = "only for tests"  # noqa: S105 # nosec B105
# The clock of tests is the world's, or stopped by the test.
os.environ.pop("PUPITRE_NOW", None)

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES, STORAGES
from config.settings.base import STATE as _STATE
from pupitre.files.places import files_storage
from pupitre.foundation.postgres.resolve import database_urls, django_database

STATE = _STATE / "test"
STORAGES["default"] = files_storage({}, STATE)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
JINJA_STRICT = True
JINJA_BYTECODE_DIR = STATE / "templates"
ALLOWED_HOSTS = ["*"]
# Static files are read where they lie, without gathering them.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
CLAMD = ""
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# The owner creates the database; `conftest.py` then hands the connection to the application's role.
APPLICATION_DATABASE, OWNER_DATABASE = (django_database(url) for url in database_urls(STATE))
_who: dict[str, Any] = {name: OWNER_DATABASE[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
DATABASES["default"] |= _who
DATABASES["default"]["OPTIONS"]["prepare_threshold"] = None
