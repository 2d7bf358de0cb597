"""PARAMETRES: which school, which year, when."""

from datetime import datetime

import msgspec
from lxml.etree import _Element

from pupitre.integrations.exchange.text import read_instant
from pupitre.integrations.exchange.xml import child


class Header(msgspec.Struct, frozen=True):
    """What every export says of itself. `year`: first calendar year; `produced_at`: local time."""

    uai: str = ""
    year: int | None = None
    produced_at: datetime | None = None


def read_header(element: _Element) -> Header:
    """The header, from PARAMETRES; what cannot be read stays unknown."""
    year = child(element, "ANNEE_SCOLAIRE")
    return Header(
        uai=child(element, "UAJ").upper(),
        year=int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else None,
        produced_at=read_instant(child(element, "HORODATAGE")) or read_instant(child(element, "DATE_EXPORT")),
    )
