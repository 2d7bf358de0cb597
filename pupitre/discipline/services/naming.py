"""Texts that must name nobody: the register of sanctions, and what several families read of one incident."""

import re

from pupitre.directory.models import Person
from pupitre.directory.names import fold
from pupitre.discipline.models import Incident, IncidentPerson

_SHORTEST = 3


def names_in(text: str, incident: Incident | None, *people: Person) -> str:
    """The first name of these people, or of those of the incident, that a text holds; empty when it names nobody."""
    names = [name for each in people for name in (each.last_name, each.usage_name, each.first_name)]
    if incident is not None:
        parts = IncidentPerson.objects.filter(incident=incident).select_related("student__person")
        for part in parts:
            who = part.student.person if part.student else None
            names += [who.last_name, who.usage_name, who.first_name] if who else [part.name]
    words = set(_words(text))
    for name in names:
        if any(word in words for word in _words(name) if len(word) >= _SHORTEST):
            return str(name).title()
    return ""


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", fold(text).lower())
