"""How a person wants pages to look: theme, reading comfort, text size. A cookie, so it works before signing in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest

COOKIE = "affichage"
THEMES = ("systeme", "cahier", "ardoise")
SIZES = ("normale", "grande", "tres-grande")


@dataclass(frozen=True, slots=True)
class Display:
    """The choice, in the stylesheet's own words."""

    theme: str = "systeme"
    comfort: bool = False
    size: str = "normale"

    def to_cookie(self) -> str:
        return f"{self.theme}.{'confort' if self.comfort else 'standard'}.{self.size}"


DEFAULT = Display()


def display_of(request: HttpRequest | None) -> Display:
    """The choice carried by a request; the default one when there is none or it makes no sense."""
    return _read(request.COOKIES.get(COOKIE, "")) if request is not None else DEFAULT


@lru_cache(maxsize=256)
def _read(cookie: str) -> Display:
    theme, _, rest = cookie.partition(".")
    comfort, _, size = rest.partition(".")
    if theme not in THEMES or size not in SIZES:
        return DEFAULT
    return Display(theme, comfort == "confort", size)
