"""Years and periods as other tools write them: « 2025-2026 », « 1er trimestre », « S2 ». Pure."""

import re

from pupitre.directory.names import fold

_FOUR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_TWO = re.compile(r"(\d\d)\s*[-/]\s*(\d\d)")
_ORDERS = {
    "premier": "1", "deuxieme": "2", "second": "2", "troisieme": "3", "1er": "1", "2e": "2", "2eme": "2", "2nd": "2", "3e": "3",
    "3eme": "3", "1": "1", "2": "2", "3": "3", "i": "1", "ii": "2", "iii": "3",
}  # fmt: skip
_WORD = re.compile(r"(trimestre|trim|t|semestre|sem|s)")
_SPLIT = re.compile(r"(?<=[a-z])(?=\d)|[^\w]+")
CODES = ("T1", "T2", "T3", "S1", "S2", "A")
_FIRST_MONTH = 8


def read_year(written: str) -> int | None:
    """The first calendar year of a school year: « 2025-2026 », « 2025/26 », « 25-26 », « 2025 »."""
    text = written.strip()
    if match := _TWO.fullmatch(text):
        first = 2000 + int(match[1])
        return first if int(match[2]) == int(match[1]) + 1 else None
    match = _FOUR.search(text)
    return int(match[1]) if match else None


def read_period(written: str) -> str:
    """« T1 », « S2 », « A » for the whole year; nothing when it is none of them."""
    words = [each for each in _SPLIT.split(fold(written)) if each]
    if any(each in ("annee", "annuel", "annuelle") for each in words):
        return "A"
    kind = next((match[1][0] for each in words if (match := _WORD.fullmatch(each))), "")
    order = next((_ORDERS[each] for each in words if each in _ORDERS), "")
    code = f"{kind.upper()}{order}"
    return code if code in CODES else ""


def year_of(month: int, year: int) -> int:
    """The school year, by its first calendar year, of a month."""
    return year if month >= _FIRST_MONTH else year - 1
