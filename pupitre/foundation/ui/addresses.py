"""Addresses in templates: `url("room:page", uai=uai)`, remembered, since a page asks for the same ones all day."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse


def address(name: str, /, *args: Any, **kwargs: Any) -> str:
    """The path of a named route. Raises NoReverseMatch."""
    return _reversed(get_urlconf() or settings.ROOT_URLCONF, get_script_prefix(), name, args, tuple(kwargs.items()))


@lru_cache(maxsize=8192)
def _reversed(
    urlconf: str, script_prefix: str, name: str, args: tuple[Any, ...], kwargs: tuple[tuple[str, Any], ...]
) -> str:
    # Django refuses positional and named arguments together, and so do we.
    return reverse(name, urlconf, args=args or None, kwargs=dict(kwargs) or None)
