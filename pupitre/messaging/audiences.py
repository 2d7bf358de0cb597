"""To whom a letter is addressed: a person, the people of a class, a family, a whole population. Written as short tokens."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pupitre.messaging.models import Addressee
from pupitre.messaging.parties import Party


class Kind(StrEnum):
    """What an audience is made of."""

    PERSON = "person"
    STUDENTS = "students"
    GUARDIANS = "guardians"
    TEAM = "team"
    FAMILY = "family"
    EVERYONE = "everyone"


OF_A_GROUP = (Kind.STUDENTS, Kind.GUARDIANS, Kind.TEAM)
STAFF = ""
"""The party of the audience « everyone who works here »."""

_WORDS = {
    "eleves": Kind.STUDENTS,
    "parents": Kind.GUARDIANS,
    "equipe": Kind.TEAM,
    "famille": Kind.FAMILY,
}
_POPULATIONS = {
    "eleves": Party.STUDENT,
    "responsables": Party.GUARDIAN,
    "professeurs": Party.TEACHER,
    "vie-scolaire": Party.SCHOOL_LIFE,
    "direction": Party.HEAD,
    "administration": Party.OFFICE,
    "sante": Party.HEALTH,
    "personnels": STAFF,
}
_PARTIES = {"e": Party.STUDENT, "r": Party.GUARDIAN, "p": Party.TEACHER, "v": Party.SCHOOL_LIFE, "d": Party.HEAD,
            "a": Party.OFFICE, "s": Party.HEALTH}  # fmt: skip
_PERSON = re.compile(r"([a-z])(\d{1,18})(?:-(\d{1,18}))?")
_GROUP = re.compile(r"(eleves|parents|equipe|famille)-(\d{1,18})")


@dataclass(frozen=True, slots=True)
class Audience:
    """One addressee. `party`: as what a person (or a population) is addressed; `about`: the child, for a guardian."""

    kind: Kind
    target: int = 0
    party: str = ""
    about: int | None = None
    role: str = Addressee.Role.TO

    @property
    def token(self) -> str:
        """« p12 », « r34-56 » (the guardian 34, about the child 56), « parents-7 », « tous-personnels »."""
        if self.kind == Kind.PERSON:
            letter = next(letter for letter, party in _PARTIES.items() if party == self.party)
            return f"{letter}{self.target}" + (f"-{self.about}" if self.about else "")
        if self.kind == Kind.EVERYONE:
            return f"tous-{next(word for word, party in _POPULATIONS.items() if party == self.party)}"
        return f"{next(word for word, kind in _WORDS.items() if kind == self.kind)}-{self.target}"


def parse(token: str, role: str = Addressee.Role.TO) -> Audience | None:
    """The audience that a token designates; None when it is not one of ours."""
    if token.startswith("tous-"):
        word = token.removeprefix("tous-")
        return Audience(Kind.EVERYONE, 0, _POPULATIONS[word], role=role) if word in _POPULATIONS else None
    if found := _GROUP.fullmatch(token):
        return Audience(_WORDS[found[1]], int(found[2]), role=role)
    if (found := _PERSON.fullmatch(token)) and found[1] in _PARTIES:
        return Audience(Kind.PERSON, int(found[2]), _PARTIES[found[1]], int(found[3]) if found[3] else None, role)
    return None


def parse_all(tokens: Iterable[str], role: str = Addressee.Role.TO) -> list[Audience]:
    """The audiences that tokens designate, each once, in order; what is not a token is left out."""
    found = [audience for token in tokens if (audience := parse(token, role))]
    return list({(each.kind, each.target, each.party, each.about): each for each in found}.values())


def populations() -> dict[str, str]:
    """The tokens of whole populations, by party."""
    return {party: f"tous-{word}" for word, party in _POPULATIONS.items()}
