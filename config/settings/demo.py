"""A server on one's own machine, with invented people. `PUPITRE_DEBUG=1` adds Django's developer pages."""

import os
from typing import Any, cast
from urllib.parse import urlsplit

from config.settings.base import *  # noqa: F403
from config.settings.base import OUTSIDE_TRUSTED_HOSTS, STATE, STORAGES, TEMPLATES
from config.state import HOUSE

DEMO = True
# The tools that the demonstration plays are served by itself, at its own port: visitors write addresses that it calls, and what
# else listens on its machine is nobody’s business.
_HERE = urlsplit((os.environ.get("PUPITRE_URL") or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}").lower())
_PORT = "" if _HERE.port else ":443" if _HERE.scheme == "https" else ":80"
OUTSIDE_TRUSTED_HOSTS = [*OUTSIDE_TRUSTED_HOSTS, f"{_HERE.netloc}{_PORT}"]
DEBUG = os.environ.get("PUPITRE_DEBUG") == "1"
_PAGES = cast("dict[str, Any]", TEMPLATES[0])
_PAGES["DIRS"] = [*_PAGES["DIRS"], HOUSE / "demo" / "templates"]
# Reached by whatever name the machine has.
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = STATE / "mail"
# What would leave by SMS is written in the state folder.
SMS_GATEWAY = "pupitre.notifications.carriers.sms.FileGateway"
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
