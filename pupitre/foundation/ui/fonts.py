"""Our three typefaces, cut down at build time from the `fontpkg-*` packages to what French and its neighbours need."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import asdict, dataclass, field
from importlib import metadata, resources
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

# Latin as far as Turkish, Polish or Czech names go, and the punctuation we write with.
CHARACTERS = (*range(0x20, 0x7F), *range(0xA0, 0x180), *map(ord, "–—‘’“”•…€→−\u202f"))
FEATURES = ("kern", "tnum", "pnum", "ccmp", "locl", "mark", "mkmk", "liga")

Axis = float | tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Face:
    """A font file to build: `name`.woff2, from `source` in the package, its axes fixed or narrowed."""

    name: str
    package: str
    source: str
    axes: dict[str, Axis] = field(default_factory=dict)


FACES = (
    Face(
        "bricolage",
        "fontpkg_bricolage_grotesque",
        "BricolageGrotesque[opsz,wdth,wght].ttf",
        {"opsz": 28, "wdth": 100, "wght": (500, 500, 800)},
    ),
    Face("figtree", "fontpkg_figtree", "Figtree[wght].ttf", {"wght": (400, 400, 700)}),
    Face("atkinson-regular", "fontpkg_atkinson_hyperlegible", "AtkinsonHyperlegible-Regular.ttf"),
    Face("atkinson-bold", "fontpkg_atkinson_hyperlegible", "AtkinsonHyperlegible-Bold.ttf"),
)


def build_fonts(folder: Path) -> list[str]:
    """Write the faces as `folder`/fonts/*.woff2 and return the names built; those already up to date are skipped.

    The stamps are hidden files, which `collectstatic` leaves out.
    """
    target = folder / "fonts"
    target.mkdir(parents=True, exist_ok=True)
    built = []
    for face in FACES:
        path, stamp = target / f"{face.name}.woff2", folder / f".{face.name}.stamp"
        wanted = _stamp(face)
        if path.exists() and stamp.exists() and stamp.read_text() == wanted:
            continue
        path.write_bytes(_woff2(face))
        stamp.write_text(wanted)
        built.append(face.name)
    return built


def _stamp(face: Face) -> str:
    """Changes with the package’s version and with what we ask of it."""
    version = metadata.version(face.package.replace("_", "-"))
    return hashlib.sha256(repr((asdict(face), version, CHARACTERS, FEATURES)).encode()).hexdigest()


def _woff2(face: Face) -> bytes:
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    source = resources.files(face.package) / "files" / face.source
    font: Any = TTFont(BytesIO(source.read_bytes()))
    if face.axes:
        narrowed = BytesIO()
        instantiateVariableFont(font, dict(face.axes)).save(narrowed)
        # Read again: an instance still in memory has tables that the subsetter cannot cut.
        font = TTFont(narrowed)
    known = font.getBestCmap()
    subsetter = subset.Subsetter(subset.Options(layout_features=list(FEATURES)))
    subsetter.populate(unicodes=[code for code in CHARACTERS if code in known])
    subsetter.subset(font)
    font.flavor = "woff2"
    out = BytesIO()
    font.save(out)
    return out.getvalue()
