"""Texts of the interface: French is the source, so a site that speaks only French translates nothing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext
from markupsafe import Markup


def one_language() -> bool:
    """True when French is the only language offered: texts are then final."""
    return [code for code, _ in settings.LANGUAGES] == ["fr"]


def language() -> str:
    """The language of the page, for `<html lang>`."""
    return "fr" if one_language() else get_language() or "fr"


def translate(text: str) -> str:
    """A text known only at run time, translated; it is escaped like any value."""
    return str(text) if one_language() else gettext(text)


def message(text: str, **values: Any) -> Markup:
    """A constant text of a template, with its values escaped: `_("Bonjour <b>%(name)s</b>", name=name)`."""
    found = Markup(text if one_language() else gettext(text))  # noqa: S704 # nosec B704 - ours, or its translators’
    return found % values if values else found
