"""What the GAR answers of somebody’s resources: read leniently, kept small. No Django.

Source of the names: `listeRessources.ressource[]` of the web service, as public portals read it; a list of one may come bare.
"""

import json
from typing import Any
from urllib.parse import urlsplit

import msgspec

MOST = 300


class Resource(msgspec.Struct, frozen=True, omit_defaults=True):
    """A resource that was assigned to somebody. `about`: subjects, levels, kinds, as the GAR words them."""

    key: str
    title: str
    url: str
    editor: str = ""
    about: list[str] = []

    def speaks_of(self, words: list[str]) -> bool:
        """Whether each of these words (lower case) stands somewhere in it."""
        text = " ".join((self.title, self.editor, *self.about)).casefold()
        return all(word in text for word in words)


class Unreadable(ValueError):
    """The answer is not a list of resources."""


def read(body: bytes) -> list[Resource]:
    """The resources of an answer, by title. Raises Unreadable. What has no name or no https address is passed over."""
    try:
        told: Any = json.loads(body)
    except (ValueError, RecursionError):
        raise Unreadable from None
    listed = told.get("listeRessources") if isinstance(told, dict) else None
    rows: Any = listed.get("ressource", []) if isinstance(listed, dict) else listed
    if isinstance(rows, dict):
        rows = [rows]
    if not isinstance(rows, list):
        raise Unreadable
    found = {each.key: each for each in map(_resource, rows) if each is not None}
    return sorted(found.values(), key=lambda each: each.title.casefold())[:MOST]


def _resource(row: Any) -> Resource | None:
    if not isinstance(row, dict):
        return None
    title, url = _text(row.get("nomRessource")), _text(row.get("urlAccesRessource"), 2000)
    if not title or not _is_web(url):
        return None
    about = [
        _named(each)
        for name in ("typePedagogique", "domaineEnseignement", "niveauEducatif")
        for each in _many(row.get(name))
    ]
    about.append(_named(row.get("typePresentation")))
    kept = list(dict.fromkeys(each for each in about if each))[:12]
    return Resource(_text(row.get("idRessource")) or url[:200], title, url, _text(row.get("nomEditeur")), kept)


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _named(value: Any) -> str:
    return _text(value.get("nom")) if isinstance(value, dict) else ""


def _text(value: Any, longest: int = 200) -> str:
    return " ".join(value.split())[:longest] if isinstance(value, str) else ""
