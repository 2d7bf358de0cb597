"""How EDT writes whom a lesson is for: « 6A », « <4C> GR 1 » (part of a class), « [3 ITALIEN 2] » (across classes)."""

import re

from pupitre.integrations.exchange.timetables import Names

_PART = re.compile(r"(?:<(?P<division>[^<>]*)>\s*)(?P<part>.*)")
_ACROSS = re.compile(r"\[(?P<group>[^\[\]]*)\]")
# A comma between brackets belongs to the name.
_BETWEEN = re.compile(r",(?![^\[<]*[\]>])")
_INSIDE = re.compile(r"<[^<>]*>\s*")


def split_list(text: str) -> list[str]:
    """The items of a list, blanks left out; commas inside brackets do not cut."""
    return [item for each in _BETWEEN.split(text) if (item := " ".join(each.split()))]


def groups_of(text: str, names: Names) -> tuple[str, ...]:
    """The keys of all whom a lesson is for, each once."""
    return tuple(dict.fromkeys(_group(each, names) for each in split_list(text)))


def _group(written: str, names: Names) -> str:
    if match := _ACROSS.fullmatch(written):
        return names.group(written, match["group"].strip(), is_part=True)
    if match := _PART.fullmatch(written):
        # « <3D> <LATIN> LAT »: the last piece names the part, the first one its class.
        part, division = _INSIDE.sub("", match["part"]).strip(), match["division"].strip()
        codes = (part, f"{division} {part}", f"{division}{part}") if part else (division,)
        return names.group(written, *codes, is_part=bool(part))
    return names.group(written, written)
