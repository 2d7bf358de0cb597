"""Behind a proxy that speaks HTTPS and says so in `X-Forwarded-Proto`.

`PUPITRE_HOSTS` lists the names of the site, separated by commas. `DATABASE_POOLER=1` says that `DATABASE_URL` leads to
a pooler in transaction mode.
"""

import os

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES

ALLOWED_HOSTS = [host for host in os.environ.get("PUPITRE_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

if os.environ.get("DATABASE_POOLER") == "1":
    # The next statement may run on another connection: nothing may outlive a transaction.
    DATABASES["default"] |= {"CONN_MAX_AGE": 0, "DISABLE_SERVER_SIDE_CURSORS": True}
    DATABASES["default"]["OPTIONS"] |= {"prepare_threshold": None}
    del DATABASES["default"]["OPTIONS"]["options"]
