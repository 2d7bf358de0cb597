"""Usernames: « ines.belkacem », with a number from the second of the name on."""

import re
import unicodedata

MAX_LENGTH = 60
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
_NOT_TYPED = re.compile(r"[^a-z]+")


def stem(first_name: str, last_name: str) -> str:
    """The username of the first of that name: letters without accents, which any keyboard has.

    Only the first of several first names counts; a name written in another alphabet gives « compte ».
    """
    parts = [_typed(first_name.split()[0] if first_name.split() else ""), _typed(last_name)]
    # Room is left for the number of the namesakes.
    return ".".join(filter(None, parts))[: MAX_LENGTH - 6].strip(".") or "compte"


def numbered(name: str, number: int) -> str:
    """The username of the nth of that name: the first bears none."""
    return name if number == 1 else f"{name}{number}"


def _typed(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    return _NOT_TYPED.sub("", folded)
