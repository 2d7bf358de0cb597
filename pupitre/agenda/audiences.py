"""For whom an event is, as short tokens: « students » (the whole school) or « students-12 » (a group)."""

from collections.abc import Iterable
from dataclasses import dataclass

from pupitre.agenda.models import Event, EventAudience

Party = EventAudience.Party


@dataclass(frozen=True, slots=True)
class Audience:
    """People of one kind: in a group, or in the whole school."""

    party: str
    group_id: int | None = None

    @property
    def token(self) -> str:
        return self.party if self.group_id is None else f"{self.party}-{self.group_id}"


def parse(token: str) -> Audience | None:
    """The audience of a token; None when it is not one of ours."""
    party, _dash, group = token.partition("-")
    if party not in Party.values or (group and not (group.isdecimal() and len(group) < 19)):
        return None
    return Audience(party, int(group) if group else None)


def parse_all(tokens: Iterable[str]) -> list[Audience]:
    """The audiences of tokens, each once; what is not a token is left out."""
    return list(dict.fromkeys(found for token in tokens if (found := parse(token))))


def audience_of(event: Event) -> list[Audience]:
    """For whom an event is; one statement, none when it was read already."""
    return [Audience(each.party, each.group_id) for each in event.audience.all()]
