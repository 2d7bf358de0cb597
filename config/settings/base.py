import os
from typing import Any

from csp.constants import NONE, SELF

from config.release import release
from config.state import HOUSE, secret_key, state_folder
from pupitre.files.places import files_storage
from pupitre.foundation.postgres.resolve import database_urls, django_database

STATE = state_folder()
SECRET_KEY = secret_key(STATE)
DEBUG = False
# A demo server: shows the cast and their way in, keeps mail in a folder.
DEMO = False
ALLOWED_HOSTS: list[str] = []
# Pages that a browser kept are asked again after each release.
RELEASE = release()

# --- Rooms ----------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "pupitre.foundation",
    "pupitre.accounts",
    "pupitre.establishments",
    "pupitre.directory",
    "procrastinate.contrib.django",
    "pupitre.files",
    "pupitre.notifications",
    "pupitre.timetable",
    "pupitre.messaging",
    "pupitre.news",
    "pupitre.portraits",
    "pupitre.agenda",
    "pupitre.meetings",
    "pupitre.booking",
    "pupitre.attendance",
    "pupitre.gradebook",
    "pupitre.textbook",
    "pupitre.discipline",
    "pupitre.reportcards",
    "pupitre.pathway",
    "pupitre.councils",
    "pupitre.integrations.imports",
    "pupitre.integrations.takeover",
    "pupitre.integrations.aaf",
    "pupitre.integrations.lsu",
    "pupitre.integrations.dnb",
    "pupitre.integrations.services",
    "pupitre.integrations.cas",
    "pupitre.integrations.pronote",
    "pupitre.integrations.oidc",
    "pupitre.integrations.lti",
    "pupitre.integrations.federation",
    "pupitre.integrations.gar",
    "pupitre.integrations.moodle",
    "pupitre.integrations.api",
    "pupitre.integrations.oneroster",
    "pupitre.portal",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pupitre.foundation.keep_out.KeepOutMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pupitre.directory.middleware.ActorMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

# --- Pages ----------------------------------------------------------------------------------------------------------
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        # APP_DIRS would look for folders named `jinja2`.
        "DIRS": sorted((HOUSE / "pupitre").glob("**/templates")),
        "OPTIONS": {
            "environment": "pupitre.foundation.ui.environment.environment",
            "context_processors": ["pupitre.portal.frame.frame"],
        },
    },
    # Django's own forms and error pages.
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]
JINJA_BYTECODE_DIR = STATE / "templates"
FONTS_BUILD_DIR = STATE / "fonts"
STATIC_URL = "/static/"
STATIC_ROOT = STATE / "static"
STATICFILES_DIRS = [HOUSE / "pupitre" / "foundation" / "ui" / "static", FONTS_BUILD_DIR]
STORAGES: dict[str, dict[str, Any]] = {
    "default": files_storage(os.environ, STATE),
    "staticfiles": {"BACKEND": "config.storage.StaticStorage"},
}

# --- Documents ------------------------------------------------------------------------------------------------------
# Of one file that is for nothing in particular; each room says its own limit (`FileOwner`).
FILES_LARGEST_MB = 50
# What one person may keep in one school, by profile; staff when none is named.
FILES_QUOTA_MB = {"student": 1024, "guardian": 512, "guest": 512, "staff": 5 * 1024}
FILES_SCHOOL_QUOTA_MB = int(os.environ.get("PUPITRE_SCHOOL_QUOTA_GB") or 500) * 1024
# `host:3310` or the path of a socket; empty: nothing is looked at.
CLAMD = os.environ.get("PUPITRE_CLAMD", "")

# --- Database -------------------------------------------------------------------------------------------------------
APPLICATION_URL, OWNER_URL = database_urls(STATE)
# The `pupitre` command changes the shape of the database as its owner; everything else is done by a role that owns
# nothing, whom row-level security binds.
AS_OWNER = os.environ.get("PUPITRE_ROLE") == "owner"
DATABASES = {"default": django_database(OWNER_URL if AS_OWNER else APPLICATION_URL)}
DATABASES["default"] |= {"CONN_MAX_AGE": None, "ATOMIC_REQUESTS": False}
DATABASES["default"]["OPTIONS"] |= {
    "server_side_binding": True,
    # A plan prepared before a migration is refused after it.
    "prepare_threshold": None if AS_OWNER else 0,
    "options": "-c jit=off",
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "django_cache"},
}

# --- Accounts -------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "/connexion/"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["pupitre.accounts.hashers.Argon2Hasher"]
SESSION_ENGINE = "pupitre.accounts.sessions"
SESSION_COOKIE_NAME = "pupitre_session"
SESSION_COOKIE_AGE = 90 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "pupitre_csrf"
CSRF_COOKIE_HTTPONLY = True

# --- Safety ---------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:", "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

# --- Notices --------------------------------------------------------------------------------------------------------
# Where the site is, for links in mails, as its visitors write it.
SITE_URL = os.environ.get("PUPITRE_URL") or f"http://localhost:{os.environ.get('PORT') or 8000}"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("PUPITRE_MAIL_FROM") or "ne-pas-repondre@localhost"
# Whom a push service may write to when our pushes trouble it (RFC 8292).
VAPID_SUBJECT = os.environ.get("PUPITRE_VAPID_SUBJECT") or f"mailto:{DEFAULT_FROM_EMAIL}"
# The push services of browsers: the only ones that are called.
PUSH_SERVICES = [
    "https://fcm.googleapis.com",
    "https://updates.push.services.mozilla.com",
    "https://*.notify.windows.com",
    "https://*.push.apple.com",
]
# A class that sends SMS (see `notifications/carriers/sms.py`).
SMS_GATEWAY = os.environ.get("PUPITRE_SMS_GATEWAY", "")

# --- Outside services -----------------------------------------------------------------------------------------------
# Hosts of services that may stand in a private network, be a number, or speak without https; named one by one, « host » for
# all its ports or « host:port ».
OUTSIDE_TRUSTED_HOSTS = [host for host in os.environ.get("PUPITRE_TRUSTED_HOSTS", "").lower().split(",") if host]
# A file of certificate authorities, when services have their own; empty: those of the system.
OUTSIDE_AUTHORITIES = os.environ.get("PUPITRE_AUTHORITIES", "")
# Of the addresses given to services that refuse whoever has none. « .invalid » leads nowhere (RFC 2606).
TECHNICAL_MAIL_DOMAIN = os.environ.get("PUPITRE_TECHNICAL_MAIL_DOMAIN") or "utilisateurs.invalid"

# --- National booklets ----------------------------------------------------------------------------------------------
# The schema of the LSU (an XSD of the ministry), when it was put on the server: files are judged by it before they are kept.
LSU_SCHEMA = os.environ.get("PUPITRE_LSU_SCHEMA", "")
# The folder of the schemas of the GAR (GAR-ENT.xsd, GAR-ENT-1D.xsd), when they were put on the server.
GAR_SCHEMAS = os.environ.get("PUPITRE_GAR_SCHEMAS", "")

# --- Language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
LOCALE_PATHS = [HOUSE / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True

# --- Journal of the server ------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "config.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"level": "WARNING", "handlers": ["stderr"], "propagate": False},
        # Addresses that do not exist are everyday news.
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
    },
}
