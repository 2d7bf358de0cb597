"""The levels at which a council answers about what comes next, and what it may propose. Pure; words are those of the forms.

Sources: Code de l’éducation, D331-23 to D331-45 (fiche dialogue, end of the 3e and of the 2de); D612-1 and the fiche Avenir of
Parcoursup, whose four opinions are those of the council of the terminale.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class Level(StrEnum):
    """A level at the end of which a family says what it wishes."""

    THIRD = "third"
    SECOND = "second"
    LAST = "last"


PATHS: dict[Level, dict[str, StrOrPromise]] = {
    Level.THIRD: {
        "2gt": _("2de générale et technologique"),
        "2pro": _("2de professionnelle"),
        "1cap": _("1re année de CAP"),
        "again": _("Maintien en 3e"),
    },
    Level.SECOND: {
        "1g": _("1re générale"),
        "1t": _("1re technologique"),
        "1pro": _("1re professionnelle"),
        "again": _("Maintien en 2de"),
    },
    Level.LAST: {
        "strong": _("Très favorable"),
        "good": _("Favorable"),
        "works": _("Doit faire ses preuves à l’examen"),
    },
}
_PATTERNS = (
    (Level.THIRD, re.compile(r"^(3|TROISI)", re.IGNORECASE)),
    (Level.SECOND, re.compile(r"^(2(?!.*BAC ?PRO)|SECONDE)", re.IGNORECASE)),
    (Level.LAST, re.compile(r"^(T|TERM)", re.IGNORECASE)),
)


def level_of(names: Iterable[str]) -> Level | None:
    """The level of a class by its code, then by its label: « 3A », « 2DE4 », « TG1 », « Terminale 2 »."""
    for name in names:
        for level, pattern in _PATTERNS:
            if pattern.match(name.strip()):
                return level
    return None


def path_named(level: Level, path: str) -> StrOrPromise:
    """The words of a proposal, or nothing for a key that is not of this level."""
    return PATHS[level].get(path, "")
