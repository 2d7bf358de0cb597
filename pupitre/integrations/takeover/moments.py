"""Days, hours and half-days as other tools write them: « 12/11/2026 8h05 », « 08:05 », « matin ». Pure."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from pupitre.directory.names import fold
from pupitre.integrations.exchange.text import read_date

Half = Literal["am", "pm", "day"]
_SHORT_YEAR = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2})")
_DOTTED = re.compile(r"(\d{1,2})[.-](\d{1,2})[.-](\d{4})")
_IN_WORDS = re.compile(r"(?:[a-z]+\.? )?(\d{1,2})(?:er)? ([a-z]+)\.? (\d{4})")
_MONTHS = ("janv", "fev", "mars", "avr", "mai", "juin", "juil", "aou", "sept", "oct", "nov", "dec")
_HOUR = re.compile(r"(\d{1,2})\s*(?:[h:]\s*(\d{2})?)\s*(?:min|mn|m)?(?::\d{2})?", re.IGNORECASE)
_PACKED = re.compile(r"(\d{1,2})(\d{2})")
_MINUTES = re.compile(r"(\d{1,3})\s*(?:min(?:utes?)?|mn|')?", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4})(?:[T\s]+(.+))?")
_MORNING = frozenset({"m", "mat", "matin", "matinee", "la matinee", "le matin"})
_AFTERNOON = frozenset({"ap", "apm", "a m", "pm", "apres midi", "ap midi", "l apres midi", "s", "soir"})
_WHOLE = frozenset(
    {"j", "jour", "journee", "toute la journee", "journee entiere", "1 jour", "m am", "matin et apres midi"}
)
_YES = frozenset({"1", "o", "oui", "vrai", "true", "x", "justifie", "justifiee", "recevable", "reglee", "regle", "ra"})
_NO = frozenset(
    {"0", "n", "non", "faux", "false", "injustifie", "injustifiee", "non justifie", "non justifiee", "non recevable",
     "irrecevable", "non reglee", "non regle", "a justifier"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, with the hour or the half-day that the same cell gives."""

    on: dt.date
    at: dt.time | None = None
    half: Half | None = None


def read_moment(written: str) -> Moment | None:
    """« 12/11/2026 », « 12/11/26 8h05 », « 2026-11-12 », « jeudi 12 novembre 2026 matin »; None when it is no day."""
    match = _DAY_FIRST.fullmatch(written.strip())
    day_part, rest = (match[1], match[2] or "") if match else _worded(written)
    on = read_day(day_part)
    if on is None:
        return None
    if not rest:
        return Moment(on)
    at, half = read_hour(rest), read_half(rest)
    return None if at is None and half is None else Moment(on, at, half)


def read_day(written: str) -> dt.date | None:
    """A day alone."""
    if found := read_date(written):
        return found
    for pattern, century in ((_DOTTED, 0), (_SHORT_YEAR, 2000)):
        if match := pattern.fullmatch(written.strip()):
            return _day(int(match[3]) + century, int(match[2]), int(match[1]))
    if match := _IN_WORDS.fullmatch(fold(written)):
        month = next((n for n, start in enumerate(_MONTHS, 1) if match[2].startswith(start)), 0)
        return _day(int(match[3]), month, int(match[1]))
    return None


def read_hour(written: str) -> dt.time | None:
    """« 8h05 », « 8 h », « 08:05:00 », « 0805 »."""
    text = written.replace("\N{NO-BREAK SPACE}", " ").strip()
    match = _HOUR.fullmatch(text) or _PACKED.fullmatch(text)
    if not match:
        return None
    hours, minutes = int(match[1]), int(match[2] or 0)
    return dt.time(hours, minutes) if hours < 24 and minutes < 60 else None


def read_half(written: str, *, is_english: bool = False) -> Half | None:
    """« matin », « après-midi », « journée ». « AM » is the afternoon in French, the morning beside a « PM »."""
    word = fold(written)
    if word == "am":
        return "am" if is_english else "pm"
    return "am" if word in _MORNING else "pm" if word in _AFTERNOON else "day" if word in _WHOLE else None


def read_minutes(written: str) -> int | None:
    """« 10 », « 10 min », « 0h10 »."""
    text = written.strip()
    if match := _MINUTES.fullmatch(text):
        return int(match[1])
    at = read_hour(text)
    return at.hour * 60 + at.minute if at else None


def read_answer(written: str) -> bool | None:
    """Yes or no, or neither."""
    word = fold(written)
    return True if word in _YES else False if word in _NO else None


def _worded(written: str) -> tuple[str, str]:
    """A day in words, and the word of half-day that may follow."""
    head, _, last = written.strip().rpartition(" ")
    return (head, last) if head and read_half(last) else (written, "")


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if year >= 1900 else None
    except ValueError:
        return None
