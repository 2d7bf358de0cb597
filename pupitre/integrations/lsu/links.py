"""Which page mends a fault."""

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from pupitre.integrations.lsu.checking import Code, Fault, Screen

_IMPORTS = frozenset({Screen.STUDENTS, Screen.STAFF, Screen.COURSES})


def mending(fault: Fault, uai: str, term: int) -> str:
    """The address of the page where a fault of a term is mended; « » when nobody wrote that page yet."""
    route, args = _route(fault)
    try:
        address = reverse(route, args=[uai, *args])
    except NoReverseMatch:
        return ""
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
    return "reportcards:division", (fault.target,)
