"""Which of our people a pupil of PRONOTE is, among the few that the reader may see. A doubt is nobody."""

from collections.abc import Iterable

from pupitre.directory.models import Person
from pupitre.directory.names import fold
from pupitre.integrations.pronote.records import Pupil


def person_of(pupil: Pupil, people: Iterable[Person]) -> Person | None:
    """The one of these people who bears the names of a pupil; None when nobody does, or two do."""
    last, first = fold(pupil.last_name), fold(pupil.first_name)
    bearers = [each for each in people if last in {fold(each.last_name), fold(each.usage_name)} - {""}]
    whole = [each for each in bearers if first and fold(each.first_name) == first]
    # « Inès » of one register is « Inès Marie » of the other.
    short = [each for each in bearers if first and fold(each.first_name).split()[:1] == first.split()[:1]]
    found = whole or short
    return found[0] if len(found) == 1 else None
