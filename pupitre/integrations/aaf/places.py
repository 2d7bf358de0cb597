"""Where a record belongs: the structures of a person, the adults of a student. The only values read before a school is asked."""

from pupitre.integrations.aaf.grammar import Category
from pupitre.integrations.aaf.requests import Values

# Structures without people of their own (rectorate, replacement zones) are told apart once the schools are known.
_OF_STUDENT = ("ENTPersonStructRattach", "ENTEleveClasses", "ENTEleveGroupes", "ENTPersonClasses", "ENTPersonGroupes")
_OF_STAFF = ("ENTPersonStructRattach", "ENTPersonFonctions", "ENTEnsFonctionDir", "ENTPersonClasses")


def places_of(category: Category, key: str, values: Values) -> list[str]:
    """The structures that a record speaks of, each once.

    A student whose class is elsewhere than their school is in both. Somebody of the staff is where they have a function;
    where they are only attached (an administrative post, a replacement zone), when they have none anywhere.
    """
    if category is Category.SCHOOL:
        return [key]
    if category is Category.STUDENT:
        return _structures(values, _OF_STUDENT)
    if category is Category.STAFF:
        return _structures(values, _OF_STAFF[1:]) or _structures(values, _OF_STAFF[:1])
    return []


def adults_of(category: Category, values: Values) -> list[str]:
    """The ids of the adults whom a student names."""
    if category is not Category.STUDENT:
        return []
    said = values.get("ENTElevePersRelEleve") or values.get("ENTEleveAutoriteParentale") or []
    return list(dict.fromkeys(adult for value in said if (adult := value.split("$")[0].strip()[:60])))


def _structures(values: Values, names: tuple[str, ...]) -> list[str]:
    said = (value.split("$")[0].strip()[:60] for name in names for value in values.get(name, ()))
    return list(dict.fromkeys(place for place in said if place and place != "-"))
