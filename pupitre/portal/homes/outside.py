"""What other tools say (PRONOTE, Moodle), as it was when it was last read: the home waits for none of them."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.directory.identity import Identity
from pupitre.directory.siblings import colours_of
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.ui.french import day, hour, in_paris
from pupitre.portal.cards import OutsideCard, OutsidePart, OutsideSection
from pupitre.portal.homes.moment import Moment
from pupitre.portal.queries import HomeRows
from pupitre.timetable.queries import Child

COPIES = "services.copies"
_LARGEST = 4


def outside_cards(
    identity: Identity, read: Sequence[tuple[Actor, HomeRows, Moment]], told: frozenset[Any] = frozenset()
) -> list[OutsideCard]:
    """A card a tool and a school; none where no school reads anything. `told`: lines that stand elsewhere on the page."""
    if not any(rows.parts.get(COPIES) for _actor, rows, _moment in read):
        return []
    children = {child.person: child for _, rows, _ in read for child in _children(rows)}
    colours = colours_of({person: child.born_on for person, child in children.items()})
    several = len(read) > 1
    return [
        replace(
            _card(copy, actor, children, colours, moment, told),
            school=identity.roles_in(actor.uai)[0].short_name if several else "",
        )
        for actor, rows, moment in read
        for copy in rows.parts.get(COPIES, ())
    ]


def stale_at(rows: HomeRows, now: dt.datetime) -> list[dt.datetime]:
    """The local instants at which what is shown of other tools should be asked again."""
    instants = [copy.due_at(clock.now()) for copy in rows.parts.get(COPIES, ())]
    ahead = [in_paris(instant).replace(tzinfo=None) for instant in instants if instant]
    return [instant for instant in ahead if instant > now]


def _children(rows: HomeRows) -> list[Child]:
    return list(rows.parts.get("timetable.children", ()))


def _card(
    copy: Any, actor: Actor, children: dict[int, Child], colours: dict[int, str], moment: Moment, told: frozenset[Any]
) -> OutsideCard:
    parts, now = list(_parts(copy, actor, children, colours, told)), clock.now()
    is_due = copy.is_due(now)
    return OutsideCard(
        id=copy.connector,
        title=copy.name,
        url=copy.url,
        age=age_of(copy.fetched_at, moment),
        parts=parts,
        trouble=_trouble(copy, now),
        empty="" if parts else _empty(copy),
        refresh_url=reverse("services:refresh", args=[actor.uai, copy.connector]) if is_due else "",
    )


def _parts(
    copy: Any, actor: Actor, children: dict[int, Child], colours: dict[int, str], told: frozenset[Any]
) -> Iterator[OutsidePart]:
    """Oneself first, then the children in the order of the page."""
    own = [_left(section, told) for section in copy.about.get(actor.person_id, ())]
    if own:
        yield OutsidePart("", "", own)
    for person, child in children.items():
        if copy.about.get(person):
            sections = [_left(section, told) for section in copy.about[person]]
            yield OutsidePart(child.first_name, colours[person], sections)


def _left(section: Any, told: frozenset[Any]) -> OutsideSection:
    """What a card has to say of a section: its first lines, less those that stand elsewhere on the page."""
    lines = [line for line in section.lines if line not in told]
    more = section.more + max(0, len(lines) - _LARGEST)
    note = _("Le reste est dans le travail à faire.") if len(lines) < len(section.lines) else ""
    return OutsideSection(section.title, lines[:_LARGEST], section.url, more, note)


def _trouble(copy: Any, now: dt.datetime) -> str:
    """What happens, what still stands, and when it is tried again: nobody has anything to do."""
    told = str(copy.trouble(now))
    if not told:
        return ""
    kept = _("Ce qui suit est ce qu’il a dit la dernière fois.") if copy.fetched_at else ""
    if copy.is_due(now):
        return " ".join(filter(None, (told, kept)))
    again = _("Pupitre lui redemandera à partir de %(hour)s.") % {"hour": hour(in_paris(copy.due_at(now)))}
    return " ".join(filter(None, (told, kept, again)))


def age_of(fetched_at: dt.datetime | None, moment: Moment) -> str:
    """« Données de 8 h 12 », « Données du lundi 23 novembre, 8 h 12 »."""
    if fetched_at is None:
        return ""
    at = in_paris(fetched_at)
    if at.date() == moment.now.date():
        return _("Données de %(hour)s") % {"hour": hour(at)}
    return _("Données du %(day)s, %(hour)s") % {"day": day(at), "hour": hour(at)}


def _empty(copy: Any) -> str:
    if copy.fetched_at is None:
        return _("Rien n’a encore pu être lu.") if copy.failure else _("Rien n’a encore été lu.")
    return _("Rien à signaler.")
