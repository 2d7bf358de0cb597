"""How each kind of event is drawn: a colour of the stylesheet and a letter beside it, so that colour alone tells nothing."""

from dataclasses import dataclass

from pupitre.agenda.models import Event

Kind = Event.Kind


@dataclass(frozen=True, slots=True)
class Look:
    """A class of the stylesheet, a letter, and a name of `icons.svg`."""

    colour: str
    letter: str
    icon: str


LOOKS: dict[str, Look] = {
    Kind.COUNCIL: Look("m-violet", "C", "balance"),
    Kind.PARENTS: Look("m-turquoise", "P", "autres"),
    Kind.MEETING: Look("m-bleu", "R", "groupe"),
    Kind.OUTING: Look("m-vert", "S", "lieu"),
    Kind.INTERNSHIP: Look("m-brun", "T", "dossier"),
    Kind.EXAM: Look("m-rouge", "X", "crayon"),
    Kind.COMMITTEE: Look("m-orange", "O", "bouclier"),
    Kind.ELECTION: Look("m-rose", "É", "deposer"),
    Kind.HOLIDAY: Look("m-gris", "F", "ecole"),
    Kind.OTHER: Look("m-jaune", "A", "agenda"),
}

MET: frozenset[str] = frozenset({Kind.COUNCIL, Kind.PARENTS, Kind.MEETING, Kind.COMMITTEE})
"""Kinds that people are invited to, and of which minutes are written."""
APART: frozenset[str] = frozenset({Kind.COUNCIL, Kind.OUTING})
"""Kinds that have their own form: who takes part comes with them."""
