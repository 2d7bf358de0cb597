"""Which page mends a fault."""

from urllib.parse import urlencode

from django.urls import reverse

from pupitre.integrations.lsu.checking import Code, Fault, Screen

_IMPORTS = frozenset({Screen.STUDENTS, Screen.STAFF, Screen.COURSES})


def mending(fault: Fault, uai: str, term: int) -> str:
    """The address of the page where a fault of a term is mended."""
    route, args = _route(fault)
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
        case Screen.SCHOOL_LIFE if fault.code is Code.TOO_MANY:
            return "attendance:record", (fault.target,)
        case Screen.APPRECIATIONS if fault.code is not Code.NO_LINE:
            return "reportcards:course", (fault.target,)
        case Screen.SYNTHESES if fault.code in (Code.NO_SYNTHESIS, Code.LONG_SYNTHESIS):
            return "reportcards:syntheses", (fault.target,)
        case Screen.SCHOOL_LIFE:
            return "reportcards:school_life", (fault.target,)
    return "reportcards:division", (fault.target,)
