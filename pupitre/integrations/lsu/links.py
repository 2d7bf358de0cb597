"""Which page mends a fault."""

from urllib.parse import urlencode

from django.urls import reverse

from pupitre.foundation.actor import Actor
from pupitre.integrations.lsu.checking import Code, Fault, Screen

_IMPORTS = frozenset({Screen.STUDENTS, Screen.STAFF, Screen.COURSES})


# Who opens them; the others are for whoever opens the page of the LSU.
_OPENED_BY = {
    "imports:jobs": "imports.view",
    "gradebook:periods": "gradebook.manage",
    "gradebook:grid": "gradebook.manage",
    "attendance:record": "attendance.view_all",
    "reportcards:course": "reportcards.manage",
    "reportcards:syntheses": "reportcards.manage",
    "reportcards:school_life": "reportcards.school_life",
    "reportcards:division": "reportcards.view_all",
}


def mending(fault: Fault, uai: str, term: int, actor: Actor) -> str:
    """The address of the page where a fault of a term is mended; nothing when somebody else mends it."""
    route, args = _route(fault)
    if route in _OPENED_BY and not actor.has(_OPENED_BY[route]):
        return ""
    address = reverse(route, args=[uai, *args])
    return address if fault.screen in _IMPORTS else f"{address}?{urlencode({'periode': term})}"


def _route(fault: Fault) -> tuple[str, tuple[int, ...]]:
    if fault.screen in _IMPORTS:
        return "imports:jobs", ()
    match fault.screen:
        case Screen.DISCIPLINES:
            return "lsu:disciplines", ()
        case Screen.DATES:
            return "gradebook:periods", ()
        case Screen.MARKS:
            return "gradebook:grid", (fault.target,)
        case Screen.SCHOOL_LIFE if fault.code in (Code.TOO_MANY, Code.PENDING):
            return "attendance:record", (fault.target,)
        case Screen.APPRECIATIONS if fault.code is not Code.NO_LINE:
            return "reportcards:course", (fault.target,)
        case Screen.SYNTHESES if fault.code in (Code.NO_SYNTHESIS, Code.LONG_SYNTHESIS):
            return "reportcards:syntheses", (fault.target,)
        case Screen.SCHOOL_LIFE:
            return "reportcards:school_life", (fault.target,)
    return "reportcards:division", (fault.target,)
