"""Who is who: a record of a file against the people already known. Never merges by itself on names alone.

Ladder for a student: recorded id of the source; INE with the birth date; private id; names with the birth date, alone of
their kind in the school; else a new person. A hit is checked against the identity: two disagreements out of three (name,
first name, birth date) and a human must look.
"""

from collections.abc import Iterator, Mapping

from pupitre.directory.models import Person
from pupitre.directory.names import fold
from pupitre.integrations.exchange.records import Identity, OutsideId
from pupitre.integrations.exchange.text import is_suspicious
from pupitre.integrations.imports.known import Known


class Mismatch(Exception):
    """The id belongs to somebody whose identity disagrees; holds that person."""

    def __init__(self, person: Person) -> None:
        self.person = person
        super().__init__(person.display_name)


def match_student(known: Known, who: Identity, *, key: str = "", taken: Mapping[int, str] | None = None) -> int | None:
    """The person a record of a student stands for, or None when new. Raises Mismatch.

    `taken`: the people whom a record of the file names by its number, and the `key` of that record; the INE of another one
    (twins) does not take them away from it.
    """
    taken = taken or {}
    for outside in who.ids:
        for person_id in known.by_id.get(outside, ()):
            if outside.source != "ine":
                return _checked(known, person_id, who)
            # Two people may bear one INE: it identifies with the birth date, or with both names.
            person = known.people[person_id]
            if taken.get(person_id, key) == key and (
                (who.birth_date and person.birth_date == who.birth_date) or same_names(person, who)
            ):
                return _checked(known, person_id, who)
    return _alone_by_name(known, who) if who.birth_date else None


def match_staff(known: Known, who: Identity) -> int | None:
    """The person a record of staff stands for: the source's id, else names with the birth date. Raises Mismatch."""
    for outside in who.ids:
        if (person_id := known.person_of(outside)) is not None:
            return _checked(known, person_id, who)
    return _alone_by_name(known, who) if who.birth_date else None


def match_guardian(known: Known, who: Identity) -> int | None:
    """The person a record of a guardian stands for: the source's id only. Names that changed are a change, not a doubt."""
    return next((found for outside in who.ids if (found := known.person_of(outside)) is not None), None)


def look_alikes(known: Known, who: Identity, among: Iterator[Person]) -> Iterator[Person]:
    """Adults who bear the same names and one same means of contact: to propose, never to merge alone."""
    for person in among:
        if same_names(person, who) and _shares_contact(person, who):
            yield person


def _shares_contact(person: Person, who: Identity) -> bool:
    return bool(
        (who.email and person.email.lower() == who.email.lower()) or (who.mobile and person.mobile == who.mobile)
    )


def _checked(known: Known, person_id: int, who: Identity) -> int:
    person = known.people[person_id]
    agreed = (_same_family_name(person, who), _same_text(person.first_name, who.first_name), _same_birth(person, who))
    if agreed.count(False) >= 2:
        raise Mismatch(person)
    return person_id


def _alone_by_name(known: Known, who: Identity) -> int | None:
    found = {
        person_id
        for name in (who.last_name, who.usage_name)
        if name
        for person_id in known.by_name.get((fold(name), fold(who.first_name), who.birth_date), ())
    }
    return found.pop() if len(found) == 1 else None


def same_names(person: Person, who: Identity) -> bool:
    """Whether the family or usage name and the first name are the same, but for accents, case and lost letters."""
    return _same_family_name(person, who) and _same_text(person.first_name, who.first_name)


def _same_family_name(person: Person, who: Identity) -> bool:
    ours = {person.last_name, person.usage_name} - {""}
    theirs = {who.last_name, who.usage_name} - {""}
    return any(_same_text(mine, other) for mine in ours for other in theirs)


def _same_birth(person: Person, who: Identity) -> bool:
    """An unknown date contradicts nothing."""
    return not person.birth_date or not who.birth_date or person.birth_date == who.birth_date


def _same_text(ours: str, theirs: str) -> bool:
    """Compared folded; « ? » stands for one letter that the source could not write. Letters spoilt on the way
    (« ZoÃ© ») contradict nothing."""
    if "?" not in theirs and is_suspicious(theirs):
        return True
    mine, other = fold(ours), fold(theirs)
    if "?" in mine or "?" in other:
        return len(mine) == len(other) and all(a == b or "?" in (a, b) for a, b in zip(mine, other, strict=True))
    return mine == other


def ids_to_add(known: Known, person_id: int, who: Identity) -> list[OutsideId]:
    """Ids of the record that the person does not bear yet and that nobody else bears, INE aside."""
    return [
        outside
        for outside in who.ids
        if outside not in known.ids_of.get(person_id, set()) and (outside.source == "ine" or outside not in known.by_id)
    ]
