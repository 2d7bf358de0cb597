"""The Jinja2 environment of the house: constants resolved when a template is compiled, fast French filters."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jinja2
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.functional import cached_property
from jinja2 import nodes

from pupitre.foundation.ui import french, words
from pupitre.foundation.ui.addresses import address
from pupitre.foundation.ui.constants import resolve_constants
from pupitre.foundation.ui.display import display_of


class HouseEnvironment(jinja2.Environment):
    """Jinja2, with `static()`, `url()` and `_()` of constants turned into text at compile time."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return resolve_constants(super()._parse(source, name, filename), self)


class StampedBytecodeCache(jinja2.FileSystemBytecodeCache):
    """Compiled templates kept on disk, under a key that changes with whatever is resolved in them."""

    @cached_property
    def stamp(self) -> str:
        """Static file names, addresses and languages: compiled templates hold them as constants."""
        facts = [
            str(getattr(staticfiles_storage, "manifest_hash", "")),
            settings.STATIC_URL,
            str(settings.FORCE_SCRIPT_NAME),
            *(code for code, _ in settings.LANGUAGES),
            *_routes(get_resolver().url_patterns),
        ]
        return hashlib.sha256("\n".join(facts).encode()).hexdigest()

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return hashlib.sha256(f"{self.stamp}|{name}|{filename}".encode()).hexdigest()


def environment(**options: Any) -> jinja2.Environment:
    """Build the environment for Django's Jinja2 backend.

    Settings read, all optional: `JINJA_STRICT` (an unknown variable is an error; default `DEBUG`) and
    `JINJA_BYTECODE_DIR` (folder of compiled templates, unused in `DEBUG`).
    """
    if getattr(settings, "JINJA_STRICT", settings.DEBUG):
        options["undefined"] = jinja2.StrictUndefined
    folder = getattr(settings, "JINJA_BYTECODE_DIR", None)
    if folder and not settings.DEBUG:
        Path(folder).mkdir(parents=True, exist_ok=True)
        options["bytecode_cache"] = StampedBytecodeCache(str(folder))
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    env = HouseEnvironment(extensions=["jinja2.ext.do"], cache_size=-1, **options)
    env.globals.update(
        static=static,
        url=address,
        _=words.translate,
        _message=words.message,
        language=words.language,
        display_of=display_of,
    )
    env.filters.update(french.FILTERS)
    return env


def _routes(patterns: Iterable[URLPattern | URLResolver], prefix: str = "") -> Iterable[str]:
    """Every route of the project with its name, in order."""
    for pattern in patterns:
        route = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, f"{route}[{pattern.namespace}]")
        else:
            yield f"{route} {pattern.name}"
