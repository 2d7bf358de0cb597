"""Production, with one address more: the empty view that pages are compared with."""

from config.settings.production import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
