"""Who may write to whom (MSG-3), as data: what Pupitre starts with, and what a school decides otherwise.

Sources: the rules of entcore (adults write to each other; students and their teachers; families and those who teach or run)
and of PRONOTE (neither families nor students write among themselves, delegates apart). Teachers write to the
students and families of their own classes: the narrower of the two.
"""

from dataclasses import dataclass, field
from functools import cached_property

from pupitre.messaging.parties import STAFF_PARTIES, Party, Scope

_EVERYONE = dict.fromkeys(Party, Scope.ANY)
_COLLEAGUES = dict.fromkeys(STAFF_PARTIES, Scope.ANY)
_NOBODY = dict.fromkeys(Party, Scope.NONE)

DEFAULTS: dict[Party, dict[Party, Scope]] = {
    # Whoever is in trouble finds the school-life office and the nurse, whatever their class.
    Party.STUDENT: _NOBODY | {Party.TEACHER: Scope.CLASS, Party.SCHOOL_LIFE: Scope.ANY, Party.HEALTH: Scope.ANY},
    Party.GUARDIAN: _COLLEAGUES
    | {Party.TEACHER: Scope.CLASS, Party.GUARDIAN: Scope.DELEGATE, Party.STUDENT: Scope.NONE},
    Party.TEACHER: _COLLEAGUES | {Party.STUDENT: Scope.CLASS, Party.GUARDIAN: Scope.CLASS},
    Party.SCHOOL_LIFE: _EVERYONE,
    Party.HEAD: _EVERYONE,
    Party.OFFICE: _EVERYONE,
    Party.HEALTH: _EVERYONE,
}


@dataclass(frozen=True, slots=True)
class ClassRule:
    """A rule of the school for one class."""

    group_id: int
    sender: Party
    recipient: Party
    allows: bool


@dataclass(frozen=True)
class Matrix:
    """The rules in force in a school: `own` are the school's, by (sender, recipient); `exceptions` those of a class."""

    own: dict[tuple[Party, Party], Scope] = field(default_factory=dict)
    exceptions: tuple[ClassRule, ...] = ()

    def scope(self, sender: Party, recipient: Party) -> Scope:
        """How far one party may write to another."""
        return self.own.get((sender, recipient), DEFAULTS[sender][recipient])

    def is_own(self, sender: Party, recipient: Party) -> bool:
        """Whether the school has decided, rather than Pupitre."""
        return (sender, recipient) in self.own

    def reached(self, sender: Party, scope: Scope) -> list[str]:
        """The parties that a sender may write to as far as this scope, neither more nor less."""
        return [str(party) for party in Party if self.scope(sender, party) == scope]

    def exceptions_of(self, sender: Party) -> list[ClassRule]:
        """The exceptions that concern a sender."""
        return [each for each in self.exceptions if each.sender == sender]

    @cached_property
    def classes_with_exceptions(self) -> frozenset[int]:
        return frozenset(each.group_id for each in self.exceptions)
