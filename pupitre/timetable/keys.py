"""The name of a lesson in a form: « 12|2026-11-24|08:05 »."""

import datetime as dt

from pupitre.timetable.queries.planned import Key


def text_of_key(key: Key) -> str:
    """The name of a lesson, for a form."""
    return f"{key[0]}|{key[1]}|{key[2]:%H:%M}"


def key_of_text(text: str) -> Key | None:
    """The lesson named; nothing when the text is no name."""
    try:
        course, day, hour = text.split("|")
        return int(course), dt.date.fromisoformat(day), dt.time.fromisoformat(hour)
    except ValueError:
        return None
