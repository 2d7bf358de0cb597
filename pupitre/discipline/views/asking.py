"""Reading what an address asks for, whatever was typed in it."""

import datetime as dt


def day_asked(text: str, default: dt.date) -> dt.date:
    """A day within a year or so of today's, else the default."""
    try:
        on = dt.date.fromisoformat(text)
    except ValueError:
        return default
    return on if abs((on - default).days) < 400 else default


def number_asked(text: str) -> int | None:
    """A number that the database can hold."""
    return int(text) if text.isdecimal() and len(text) < 19 else None
