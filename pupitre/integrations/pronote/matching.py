"""Which of our people a pupil of PRONOTE is, among the few that the reader may see. A doubt is nobody."""

from collections.abc import Iterable

from pupitre.directory.models import Person
from pupitre.directory.names import fold
from pupitre.integrations.pronote.records import Pupil


def person_of(pupil: Pupil, people: Iterable[Person]) -> Person | None:
    """The one of these people who bears the names of a pupil; None when nobody does, or two do."""
    bearers = [each for each in people if fold(pupil.last_name) in {fold(each.last_name), fold(each.usage_name)} - {""}]
    whole = [each for each in bearers if is_whole(pupil, each)]
    # « Inès » of one register is « Inès Marie » of the other; « Jean-Paul » is never « Jean-Luc ».
    short = [each for each in bearers if _begins(fold(pupil.first_name).split(), fold(each.first_name).split())]
    found = whole or short
    return found[0] if len(found) == 1 else None


def is_whole(pupil: Pupil, person: Person) -> bool:
    """Whether somebody bears the whole first name of a pupil."""
    return bool(fold(pupil.first_name)) and fold(pupil.first_name) == fold(person.first_name)


def _begins(one: list[str], other: list[str]) -> bool:
    """Whether the longer name begins with all the words of the shorter."""
    count = min(len(one), len(other))
    return count > 0 and one[:count] == other[:count]
