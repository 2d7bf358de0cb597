"""What the files tell of each person, as facts: from what is written, never guessed afterwards. No Django."""

from collections.abc import Mapping, MutableMapping
from enum import Flag, auto

from pupitre.integrations.gar.records import Human, Structure


class Fact(Flag):
    """One kind of thing that is told. Names, the number, the profile and the school always are."""

    IDENTITY = auto()
    CIVILITY = auto()
    BIRTH_DATE = auto()
    MAIL = auto()
    GROUPS = auto()
    LEVEL = auto()
    SUBJECTS = auto()
    ASSIGNER = auto()

    @property
    def keys(self) -> list[str]:
        """As the log keeps them."""
        return [str(each.name).lower() for each in type(self) if each in self]


def of_human(human: Human) -> Fact:
    """What their own node tells."""
    found = Fact.IDENTITY
    for fact, is_told in (
        (Fact.CIVILITY, human.civility),
        (Fact.BIRTH_DATE, human.birth_date),
        (Fact.MAIL, human.mails),
    ):
        found |= fact if is_told else Fact(0)
    return found


def of_structure(people: MutableMapping[int, Fact], numbers: Mapping[int, str], made: Structure) -> None:
    """Add what the nodes of the school tell. `numbers`: those who are sent, by the number of their record."""
    person_of = {number: person for person, number in numbers.items()}
    for fact, links in (
        (Fact.GROUPS, made.members),
        (Fact.LEVEL, made.student_programmes),
        (Fact.LEVEL, made.teacher_programmes),
        (Fact.SUBJECTS, made.student_subjects),
        (Fact.SUBJECTS, [(each.number, each.code) for each in made.teachings]),
    ):
        for number in {number for number, _code in links}:
            people[person_of[number]] |= fact
