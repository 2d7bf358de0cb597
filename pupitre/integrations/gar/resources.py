"""What the GAR answers of somebody’s resources: read leniently, kept small. No Django.

Names are those that public portals read: `listeRessources.ressource[]`, each with `idRessource`, `idType`, `nomRessource`,
`idEditeur`, `nomEditeur`, `urlVignette`, `typePresentation` {code, nom}, `typePedagogique`, `typologieDocument`, `niveauEducatif`,
`domaineEnseignement` (lists of {uri, nom}), `urlAccesRessource`, `nomSourceEtiquetteGar`, `distributeurTech`, `validateurTech`;
what goes wrong is `Erreur` {Code, Message, Resource}. A list of one may come bare, and the whole may come packed (gzip).
Source: OPEN-ENT-NG/gar-connector (`DefaultResourceService`, `ManualExamples`), GIP-RECIA/MediaCentre-WS (`Ressource`, `Erreur`).
"""

import gzip
import io
import json
import re
import zlib
from typing import Any
from urllib.parse import urlsplit

import msgspec

MOST = 300
_LARGEST = 8 * 1024 * 1024
_UNKNOWN = re.compile(r"non trouvée?|inconnue?|introuvable", re.IGNORECASE)


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
    told = _told(body)
    listed = told.get("listeRessources") if isinstance(told, dict) else None
    rows: Any = listed.get("ressource", []) if isinstance(listed, dict) else listed
    if isinstance(rows, dict):
        rows = [rows]
    if not isinstance(rows, list):
        raise Unreadable
    found = {each.key: each for each in map(_resource, rows) if each is not None}
    return sorted(found.values(), key=lambda each: each.title.casefold())[:MOST]


def knows_nobody(body: bytes) -> bool:
    """Whether an answer says that the GAR does not know this person, or this school, yet: « Établissement non trouvé »."""
    try:
        told = _told(body)
    except Unreadable:
        return False
    error = told.get("Erreur") if isinstance(told, dict) else None
    return isinstance(error, dict) and bool(_UNKNOWN.search(_text(error.get("Message"))))


def _told(body: bytes) -> Any:
    try:
        if body.startswith(b"\x1f\x8b"):
            with gzip.GzipFile(fileobj=io.BytesIO(body)) as packed:
                body = packed.read(_LARGEST)
        return json.loads(body)
    except (ValueError, RecursionError, OSError, EOFError, zlib.error):
        raise Unreadable from None


def _resource(row: Any) -> Resource | None:
    if not isinstance(row, dict):
        return None
    title, url = _text(row.get("nomRessource")), _text(row.get("urlAccesRessource"), 2000)
    if not title or not _is_web(url):
        return None
    # Some have dozens of subjects: what it is comes first, so that it is never what is cut.
    about = [_named(row.get("typePresentation"))]
    about += [
        _named(each)
        for name in ("domaineEnseignement", "niveauEducatif", "typePedagogique", "typologieDocument")
        for each in _many(row.get(name))
    ]
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
