"""What other tools say (PRONOTE, Moodle), as it was when it was last read: the home waits for none of them."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.directory.identity import Identity
from pupitre.directory.siblings import colours_of
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.ui.french import day, hour, in_paris
from pupitre.portal.cards import OutsideCard, OutsidePart
from pupitre.portal.homes.moment import Moment
from pupitre.portal.queries import HomeRows
from pupitre.timetable.queries import Child

COPIES = "services.copies"


def outside_cards(identity: Identity, read: Sequence[tuple[Actor, HomeRows, Moment]]) -> list[OutsideCard]:
    """A card a tool and a school; none where no school reads anything."""
    if not any(rows.parts.get(COPIES) for _actor, rows, _moment in read):
        return []
    children = {child.person: child for _, rows, _ in read for child in _children(rows)}
    colours = colours_of({person: child.born_on for person, child in children.items()})
    several = len(read) > 1
    return [
        _card(copy, actor, identity.roles_in(actor.uai)[0].short_name if several else "", children, colours, moment)
        for actor, rows, moment in read
        for copy in rows.parts.get(COPIES, ())
    ]


def stale_at(rows: HomeRows, now: dt.datetime) -> list[dt.datetime]:
    """The local instants at which what is shown of other tools should be asked again."""
    instants = [copy.stale_at for copy in rows.parts.get(COPIES, ()) if copy.stale_at]
    ahead = [in_paris(instant).replace(tzinfo=None) for instant in instants]
    return [instant for instant in ahead if instant > now]


def _children(rows: HomeRows) -> list[Child]:
    return list(rows.parts.get("timetable.children", ()))


def _card(
    copy: Any, actor: Actor, school: str, children: dict[int, Child], colours: dict[int, str], moment: Moment
) -> OutsideCard:
    parts = list(_parts(copy, actor, children, colours))
    due = copy.is_due(clock.now())
    return OutsideCard(
        id=copy.connector,
        title=copy.name,
        url=copy.url,
        age=_age(copy.fetched_at, moment),
        parts=parts,
        school=school,
        trouble=str(copy.trouble),
        empty="" if parts else _empty(copy),
        refresh_url=reverse("services:refresh", args=[actor.uai, copy.connector]) if due else "",
    )


def _parts(copy: Any, actor: Actor, children: dict[int, Child], colours: dict[int, str]) -> Iterator[OutsidePart]:
    """Oneself first, then the children in the order of the page."""
    own = copy.about.get(actor.person_id)
    if own:
        yield OutsidePart("", "", own)
    for person, child in children.items():
        if copy.about.get(person):
            yield OutsidePart(child.first_name, colours[person], copy.about[person])


def _age(fetched_at: dt.datetime | None, moment: Moment) -> str:
    """« Données de 8 h 12 », « Données du lundi 23 novembre, 8 h 12 »."""
    if fetched_at is None:
        return ""
    at = in_paris(fetched_at)
    if at.date() == moment.now.date():
        return _("Données de %(hour)s") % {"hour": hour(at)}
    return _("Données du %(day)s, %(hour)s") % {"day": day(at), "hour": hour(at)}


def _empty(copy: Any) -> str:
    if copy.fetched_at is None:
        return _("Rien n’a encore été lu.")
    return _("Rien à signaler.")
