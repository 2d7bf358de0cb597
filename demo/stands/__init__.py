"""A PRONOTE and a Moodle that the demonstration plays itself: they answer as real ones would, and say that they are invented."""

import os

TOKEN = "demonstration-" + "0" * 18
"""What the demonstration's Moodle wants of whoever asks it: it holds nothing but inventions."""


def base() -> str:
    """Where this demonstration answers, for its own jobs and for the browser of whoever visits it, with its last slash."""
    url = os.environ.get("PUPITRE_URL") or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
    return f"{url.rstrip('/')}/demo/"


def pronote_url() -> str:
    """The address of the invented PRONOTE."""
    return f"{base()}pronote/"


def moodle_url() -> str:
    """The address of the invented Moodle."""
    return f"{base()}moodle/"
