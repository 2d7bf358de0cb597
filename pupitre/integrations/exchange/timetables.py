"""What timetables of every software have in common: days and hours as people write them, and names to be recognised."""

import re
from datetime import date, time
from typing import Any

from pupitre.directory.names import fold
from pupitre.integrations.exchange.records import NameRecord
from pupitre.integrations.exchange.verdicts import Finding, Severity

_HOUR = re.compile(r"(\d{1,2})\s*(?:[:h.]\s*(\d{2})?)?(?::\d{2})?(?:\s*min)?", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{1,2})(\d{2})")
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_CIVILITY = re.compile(r"(?:M\.|Mme\.?|Mlle|MM\.|Mr\.?|M)\s+", re.IGNORECASE)
_LONGEST = 12 * 60  # minutes
# What is held, in characters: keys are remembered as they are.
KEY, LABEL, ROOM, MODALITY, ALTERNATION = 120, 120, 40, 4, 10


def weekday_of(text: str) -> int | None:
    """1 for « lundi », « Lun. » or « 1 »; None when it is no day."""
    folded = fold(text).rstrip(".")
    if folded.isdecimal():
        return int(folded) if folded in "1234567" and len(folded) == 1 else None
    return next((rank for rank, day in enumerate(_DAYS, 1) if len(folded) > 2 and day.startswith(folded)), None)


def minutes_of(text: str) -> int | None:
    """Minutes since midnight, or of a duration: « 08h00 », « 8h », « 08:00:00 », « 0800 », « 1h30 »; None otherwise."""
    text = text.strip()
    match = _COMPACT.fullmatch(text) or _HOUR.fullmatch(text)
    if match is None:
        return None
    hours, minutes = int(match[1]), int(match[2] or 0)
    return hours * 60 + minutes if hours < 24 and minutes < 60 else None


def hours_of(starts: str, *, ends: str = "", lasts: str = "") -> tuple[time, time] | str:
    """When a lesson begins and ends; else what is wrong, in words that follow « il »."""
    start = minutes_of(starts)
    if start is None:
        return "n’a pas d’heure de début lisible"
    end, duration = minutes_of(ends), minutes_of(lasts)
    if end is None and duration is not None:
        end = start + duration
    if end is None:
        return "n’a ni durée ni heure de fin lisible"
    if not start < end < 24 * 60 or end - start > _LONGEST:
        return "finit avant de commencer, dure trop ou passe minuit"
    return time(start // 60, start % 60), time(end // 60, end % 60)


class Names:
    """Gathers what the lessons of one file name, each once."""

    def __init__(self) -> None:
        self._met: dict[tuple[str, str], NameRecord] = {}

    def all(self) -> list[NameRecord]:
        """Everything that was named, in the order of the file."""
        return list(self._met.values())

    def group(self, written: str, *codes: str, is_part: bool = False) -> str:
        """The key of a class, a part of one, or a group across classes."""
        return self._name("group", written, codes or (written,), is_part=is_part)

    def subject(self, label: str, *codes: str) -> str:
        """The key of a subject, which its code names better than its label."""
        told = next((code for code in codes if code), label)
        return self._name("subject", told, tuple(dict.fromkeys((*codes, label))), label=label or told)

    def teacher(self, last_name: str, first_name: str, *, code: str = "", birth_date: date | None = None) -> str:
        """The key of a teacher. `code`: a key of STSWeb (« epp:71001 »), when the software knows it."""
        told = f"{last_name} {first_name}".strip()
        names: dict[str, Any] = {"last_name": last_name[:100], "first_name": first_name[:100], "birth_date": birth_date}
        return self._name("teacher", told, (code,) if code else (), **names)

    def room(self, written: str) -> str:
        """The key of a room; « » when there is none."""
        return self._name("classroom", written, (written[:ROOM],)) if written else ""

    def _name(self, kind: str, key: str, codes: tuple[str, ...], *, label: str = "", **more: Any) -> str:
        key = " ".join(key.split())[:KEY]
        codes = tuple(code for code in codes if code)
        self._met.setdefault((kind, key), NameRecord(kind, key, (label or key)[:LABEL], codes, **more))
        return key


def split_name(written: str) -> tuple[str, str]:
    """Last and first name of « LE GOFF Yann » or « Mme ROUX »; all of it is the last name when capitals do not tell."""
    words = _CIVILITY.sub("", written.strip()).split()
    capitals = [word for word in words if word == word.upper() and any(letter.isalpha() for letter in word)]
    if not capitals:
        return " ".join(words), ""
    return " ".join(capitals), " ".join(word for word in words if word not in capitals)


def set_aside(record: str, told: str, where: str, *, field: str = "", old: str = "") -> Finding:
    """A lesson that cannot be placed in a week; `told` follows « il », `where` is the software to correct it in."""
    reason = f"Un cours est laissé de côté : il {told}. Corrigez-le dans {where}, puis refaites l’export."
    return Finding(Severity.QUARANTINE, "bad_lesson", record, reason, field=field, old=old[:100])
