"""Drawing activation sheets: one PDF of one page per person, made in memory, with nothing fetched."""

import io
import json
from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

import segno
import typst
from django.utils.translation import gettext as _

from pupitre.directory.sheets.words import Sheet, words_of

_INK = "#1d2733"


def draw_sheets(
    sheets: Sequence[Sheet], *, school: str, place: str, activation_url: str, title: str, large: bool
) -> bytes:
    """The PDF of these sheets, in their order. `activation_url`: the absolute address of the page where a code is typed,
    to which the code and a slash are added for the QR code; `large` makes the text half as large again.
    """
    drawn = [
        {
            **words_of(sheet),
            "school": school,
            "place": place,
            "children": list(sheet.children),
            "username": sheet.username,
            "code": sheet.code,
            "address": _shown(activation_url),
            "qr": _qr(f"{activation_url}{sheet.code}/"),
            "qr_alt": _("Le code, à scanner"),
        }
        for sheet in sheets
    ]
    values = {"sheets": json.dumps(drawn), "large": "yes" if large else "no", "title": title}
    compiler = typst.Compiler(_template(), font_paths=_fonts(), sys_inputs=values)
    made = compiler.compile(format="pdf")
    if not isinstance(made, bytes):
        raise TypeError("typst made several files where one PDF was expected")
    return made


@cache
def _template() -> bytes:
    return Path(__file__).with_name("activation.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """Atkinson Hyperlegible only: no two of its letters or figures look alike, which a typed code needs."""
    folder = resources.files("fontpkg_atkinson_hyperlegible") / "files"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


def _qr(address: str) -> str:
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=2, dark=_INK, xmldecl=False, omitsize=True)
    return out.getvalue().decode()


def _shown(url: str) -> str:
    """An address as people type it: « pupitre.example.fr/activation »."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}".rstrip("/")
