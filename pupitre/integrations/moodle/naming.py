"""How what is ours is named in Moodle. One place: what is found again is found by these."""

import datetime as dt
import re

from pupitre.directory.years import year_end

IDENTIFIER = re.compile(r"[a-z0-9_.@-]{1,100}")
"""What Moodle takes as a user name, unless its administrator loosened it (`extendedusernamechars`)."""


def school_number(uai: str) -> str:
    """The category of a school."""
    return f"pupitre-{uai}"


def year_number(uai: str, year: int) -> str:
    """The category of a school year, inside that of the school."""
    return f"pupitre-{uai}-{year}"


def cohort_number(uai: str, group_id: int) -> str:
    """The cohort of a class or a group."""
    return f"pupitre-{uai}-g{group_id}"


def course_number(uai: str, course_id: int) -> str:
    """The course of a teaching."""
    return f"pupitre-{uai}-c{course_id}"


def school_year_of(day: dt.date) -> int:
    """The first year of the school year of a day."""
    return year_end(day).year - 1
