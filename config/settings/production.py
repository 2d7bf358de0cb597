"""Behind a proxy that speaks HTTPS and says so in `X-Forwarded-Proto`.

`PUPITRE_HOSTS` lists the names of the site, separated by commas. `DATABASE_POOLER=1` says that `DATABASE_URL` leads to
a pooler in transaction mode. `PUPITRE_SMTP` is the mail server: `smtp://host`, `smtp+tls://user:password@host:587`
(STARTTLS) or `smtps://…`.
"""

import os
from urllib.parse import unquote, urlsplit

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES

ALLOWED_HOSTS = [host for host in os.environ.get("PUPITRE_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

_mail = urlsplit(os.environ.get("PUPITRE_SMTP") or "smtp://localhost")
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or (465 if _mail.scheme == "smtps" else 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.scheme == "smtp+tls", _mail.scheme == "smtps"

if os.environ.get("DATABASE_POOLER") == "1":
    # The next statement may run on another connection: nothing may outlive a transaction.
    DATABASES["default"] |= {"CONN_MAX_AGE": 0, "DISABLE_SERVER_SIDE_CURSORS": True}
    DATABASES["default"]["OPTIONS"] |= {"prepare_threshold": None}
    del DATABASES["default"]["OPTIONS"]["options"]
