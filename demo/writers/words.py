"""How national tools write dates, names and labels."""

import unicodedata
from datetime import date


def french_date(day: date) -> str:
    """« 01/09/2025 »: SIECLE and Fregata; STS writes ISO dates."""
    return day.strftime("%d/%m/%Y")


def yes(fact: bool) -> str:
    """« 1 » or « 0 »."""
    return "1" if fact else "0"


def true(fact: bool) -> str:
    """« true » or « false »."""
    return "true" if fact else "false"


def capitals(label: str, length: int) -> str:
    """A label of a nomenclature: capitals without accents, cut to its length."""
    plain = unicodedata.normalize("NFKD", label.replace("œ", "oe").replace("’", "'"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).upper()[:length]


def hours(count: float) -> str:
    """« 4.50 »."""
    return f"{count:.2f}"


def clock_time(minutes: int) -> str:
    """Minutes since midnight, or a duration, as « 0805 »."""
    return f"{minutes // 60:02d}{minutes % 60:02d}"
