"""Classes and groups, as both degrees write them."""

from pupitre.integrations.aaf.requests import Values
from pupitre.integrations.exchange.records import GroupRecord


def classes_of(structure: str, values: Values) -> list[str]:
    """The codes of the classes of a student in a structure."""
    return [*_codes(structure, values, "ENTEleveClasses"), *_first_degree(structure, values, "ENTPersonClasses")]


def groups_of(structure: str, values: Values) -> tuple[str, ...]:
    """The codes of the groups of a student in a structure."""
    return (*_codes(structure, values, "ENTEleveGroupes"), *_first_degree(structure, values, "ENTPersonGroupes"))


def described(values: Values) -> list[GroupRecord]:
    """The classes and groups that the record of a school describes; these lists are often empty."""
    found = []
    for name, kind in (("ENTStructureClasses", "division"), ("ENTStructureGroupes", "group")):
        for value in values.get(name, ()):
            code, label, *others = [*(part.strip() for part in value.split("$")), ""]
            if code:
                of = tuple(filter(None, others)) if kind == "group" else ()
                found.append(GroupRecord(code[:20], (label or code)[:60], kind, divisions=of))
    return found


def labels_said(structure: str, values: Values) -> dict[str, GroupRecord]:
    """First degree: the label of a class is told with each child, by its id."""
    return {
        code: GroupRecord(code, label[:60] or code, kind)
        for name, kind in (("ENTPersonClasses", "division"), ("ENTPersonGroupes", "group"))
        for code, label in _five_parts(structure, values, name)
    }


def _codes(structure: str, values: Values, name: str) -> list[str]:
    said = (value.split("$") for value in values.get(name, ()))
    codes = (parts[1].strip()[:20] for parts in said if len(parts) > 1 and parts[0].strip() == structure)
    return list(dict.fromkeys(code for code in codes if code and code != "-"))


def _first_degree(structure: str, values: Values, name: str) -> list[str]:
    return [code for code, _label in _five_parts(structure, values, name)]


def _five_parts(structure: str, values: Values, name: str) -> list[tuple[str, str]]:
    """structure$?$?$class id$label: the id is the key, the label changes during the year."""
    found: dict[str, str] = {}
    for value in values.get(name, ()):
        parts = [part.strip() for part in value.split("$")]
        if len(parts) >= 5 and parts[0] == structure and parts[3]:
            found.setdefault(parts[3][:20], parts[4])
    return list(found.items())
