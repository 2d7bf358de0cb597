"""What the page of a letter shows: recipients by name, how many people they are, whom one may still choose, when it arrives."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pupitre.directory.names import fold
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.ui.french import NBSP, number
from pupitre.messaging.audiences import STAFF, populations
from pupitre.messaging.forms import Letter
from pupitre.messaging.models import AutoAnswer, Message
from pupitre.messaging.parties import FAMILIES, Party
from pupitre.messaging.queries.addressing import GROUPS, Addressed, address, count_recipients
from pupitre.messaging.queries.away import away_among, people_named
from pupitre.messaging.queries.groups import GroupFacts, groups_for
from pupitre.messaging.queries.myself import Child, Myself
from pupitre.messaging.queries.people import Candidate, everyone_reached, find_people
from pupitre.messaging.refusals import TooManyChosen
from pupitre.messaging.services.sending import MOST_CHOSEN
from pupitre.messaging.services.writing import CONFIRM_ABOVE
from pupitre.messaging.words import name_of_population
from pupitre.notifications.services.publication import may_send_urgent, release_time

_MOST_LISTED, _SCHOOL = 120, 20_000
_SEPARATORS = re.compile(r"[;,\n]")
_COUNTED = {
    Party.STUDENT: lambda count: ngettext("%(n)s élève", "%(n)s élèves", count),
    Party.GUARDIAN: lambda count: ngettext("%(n)s responsable", "%(n)s responsables", count),
    Party.TEACHER: lambda count: ngettext("%(n)s professeur ou AESH", "%(n)s professeurs et AESH", count),
    Party.SCHOOL_LIFE: lambda count: _("%(n)s de la vie scolaire"),
    Party.HEAD: lambda count: _("%(n)s de la direction"),
    Party.OFFICE: lambda count: _("%(n)s de l’administration"),
    Party.HEALTH: lambda count: _("%(n)s de santé et social"),
}
_GROUPED = (
    *(Party.TEACHER, Party.SCHOOL_LIFE, Party.HEALTH, Party.HEAD, Party.OFFICE),
    *(Party.GUARDIAN, Party.STUDENT),
)


@dataclass(slots=True)
class Composition:
    """The page of a letter. `proposed`: whom one may choose, by kind of people, for those who have few."""

    letter: Letter
    me: Myself
    child: Child | None
    chosen: Sequence[Addressed] = ()
    counts: dict[Party, int] = field(default_factory=dict)
    found: Sequence[Candidate] = ()
    unknown: Sequence[str] = ()
    problem: str = ""
    proposed: Sequence[tuple[str, Sequence[Candidate]]] = ()
    groups: Sequence[GroupFacts] = ()
    everyone: Sequence[tuple[str, str]] = ()
    may_be_urgent: bool = False
    away: Sequence[AutoAnswer] = ()
    arrives_at: dt.datetime | None = None

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def counted(self) -> str:
        """« 26 élèves, 41 responsables »."""
        return counted(self.counts)

    @property
    def needs_confirmation(self) -> bool:
        return self.total > CONFIRM_ABOVE

    @property
    def tokens(self) -> set[str]:
        return {each.token for each in self.chosen}

    @property
    def is_staff(self) -> bool:
        return self.me.is_staff and self.child is None

    @property
    def is_late(self) -> bool:
        """Whether families will only have it at the next opening."""
        return self.arrives_at is not None


def counted(counts: dict[Party, int]) -> str:
    """« 26 élèves, 41 responsables »."""
    texts = [_COUNTED[party](count) % {"n": f"{number(count)}"} for party, count in counts.items()]
    return ", ".join(text.replace(" ", NBSP, 1) for text in texts)


def compose(letter: Letter, me: Myself, actor: Actor) -> Composition:
    """Everything that the page of a letter shows."""
    child = me.child(letter.about)
    page = Composition(letter, me, child, may_be_urgent=may_send_urgent(actor))
    sender = me.sender(letter.about)
    audiences = letter.audiences[: MOST_CHOSEN + 1]
    page.chosen = address(sender, actor, audiences)
    sound = [each.audience for each in page.chosen if not each.problem]
    page.counts = count_recipients(me.person_id, sound)
    page.away = away_among(people_named(sound))
    if page.is_staff:
        page.groups = [each for each in groups_for(sender) if each.mine or actor.has(GROUPS)]
        if actor.has(GROUPS):
            page.everyone = [(populations()[str(party)], name_of_population(party)) for party in (
                str(Party.GUARDIAN), str(Party.STUDENT), str(Party.TEACHER), STAFF)]  # fmt: skip
        _look(letter, page)
    else:
        page.proposed = _by_kind(everyone_reached(sender, _MOST_LISTED))
    if FAMILIES & page.counts.keys() and letter.asked().kind == Message.Kind.ORDINARY and not letter.asked().is_urgent:
        at = release_time(establishment_id=actor.establishment_id)
        page.arrives_at = at if at > clock.now() else None
    return page


def _look(letter: Letter, page: Composition) -> None:
    """Whom a search, or a pasted list of names, finds; and the names of the list that nobody bears, or several."""
    sender = page.me.sender(letter.about)
    names = [name.strip() for name in _SEPARATORS.split(letter.search) if name.strip()]
    if len(names) > MOST_CHOSEN:
        page.problem = str(TooManyChosen(len(names), MOST_CHOSEN))
    elif len(names) < 2:
        page.found = [each for each in find_people(sender, letter.search) if each.audience.token not in page.tokens]
    else:
        page.found, page.unknown = _named(names, everyone_reached(sender, _SCHOOL))


def _named(names: Sequence[str], people: Sequence[Candidate]) -> tuple[list[Candidate], list[str]]:
    """The one person each name designates, and the names that designate nobody, or several."""
    found, unknown = list[Candidate](), list[str]()
    for name in names:
        words = fold(name).split()
        bearers = [each for each in people if all(word in each.sort_key.split() for word in words)]
        if len(bearers) == 1:
            found.append(bearers[0])
        else:
            unknown.append(name)
    return found, unknown


def _by_kind(people: Sequence[Candidate]) -> list[tuple[str, Sequence[Candidate]]]:
    groups: list[tuple[str, Sequence[Candidate]]] = []
    for party in _GROUPED:
        mine = [each for each in people if each.party == party]
        if mine:
            groups.append((str(party.label), sorted(mine, key=lambda each: fold(each.name))))
    return groups
