"""Names of people: how they are shown, sorted and compared."""

import re
import unicodedata

_LIGATURES = str.maketrans(
    {"Œ": "OE", "œ": "oe", "Æ": "AE", "æ": "ae", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
)
# A null byte in an address (`?q=%00`) is a blank too: PostgreSQL refuses it in a text.
_SEPARATORS = re.compile(r"[\x00\s’'ʼ‘`\-‐‑–]+")
_PIECES = re.compile(r"([\s\-’'ʼ]+)")
CIVILITY = {"1": "M.", "2": "Mme", "M": "M.", "F": "Mme"}


def fold(text: str) -> str:
    """Text for comparison and sorting only: no accents, no case; hyphens, apostrophes and blanks are one blank."""
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _SEPARATORS.sub(" ", plain).strip().casefold()


def capitalise(name: str) -> str:
    """A name written in capitals, as people write it: « D'HAUTCŒUR » → « D’Hautcœur », « LE GALLOUDEC » → « Le Galloudec ».

    A name that already mixes cases is left as it is.
    """
    if name != name.upper():
        return name
    pieces = _PIECES.split(name.strip())
    shown = "".join(piece if _PIECES.fullmatch(piece) else piece[:1].upper() + piece[1:].lower() for piece in pieces)
    return shown.replace("'", "’")


def sort_key(*, last_name: str, usage_name: str, first_name: str) -> str:
    """Family name first, folded. The usage name, when there is one, is the name people look for."""
    return f"{fold(usage_name or last_name)} {fold(first_name)}".strip()[:200]


def display_name(*, last_name: str, usage_name: str, first_name: str) -> str:
    """« Inès Belkacem »; an organisation has no first name and keeps its own capitals."""
    family = usage_name or last_name
    if not first_name:
        return family[:200]
    return f"{capitalise(first_name)} {capitalise(family)}"[:200]


def formal_name(*, last_name: str, usage_name: str, first_name: str, sex: str) -> str:
    """« Mme Roussel », « M. Lemoine »; without a known civility, the first name and the name."""
    family = capitalise(usage_name or last_name) if first_name else usage_name or last_name
    civility = CIVILITY.get(sex, "")
    return (
        f"{civility} {family}"
        if civility
        else display_name(last_name=last_name, usage_name=usage_name, first_name=first_name)
    )[:120]
