"""What the pages of the mailbox draw: folders, filters, lines, in words and addresses. No query, no rule."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pupitre.directory.identity import Identity
from pupitre.directory.profiles import STAFF, Profile, capabilities_of
from pupitre.directory.siblings import COLOURS as CHILD_COLOURS
from pupitre.foundation import clock
from pupitre.foundation.ui.french import DAYS, MONTHS, day_number, hour, in_paris
from pupitre.messaging.models import Message
from pupitre.messaging.parties import FAMILIES, PARTY_OF_PROFILE, parties_of
from pupitre.messaging.queries.mailbox import Mailbox, Row, Wanted
from pupitre.messaging.words import first_name


class Screen(StrEnum):
    """Which list is shown."""

    INBOX = "inbox"
    SENT = "sent"
    DRAFTS = "drafts"
    BIN = "bin"
    FOLDER = "folder"
    SEARCH = "search"


_TITLES: dict[str, str | Promise] = {
    Screen.INBOX: gettext_lazy("Réception"),
    Screen.SENT: gettext_lazy("Envoyés"),
    Screen.DRAFTS: gettext_lazy("Brouillons"),
    Screen.BIN: gettext_lazy("Corbeille"),
}
_ROUTES = {screen: f"messaging:{screen}" for screen in (Screen.INBOX, Screen.SENT, Screen.DRAFTS, Screen.BIN)}
_SHORT_MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
# Colours of authors, always the same for one name.
_COLOURS = ("m-bleu", "m-vert", "m-orange", "m-violet", "m-turquoise", "m-rose", "m-brun", "m-jaune")


@dataclass(frozen=True, slots=True)
class Line:
    """A discussion in the list."""

    row: Row
    url: str
    name: str
    when: str
    colour: str
    state: str
    school: str
    child_colour: str


@dataclass(frozen=True, slots=True)
class Place:
    """A folder in the list of folders."""

    label: str
    url: str
    icon: str
    is_current: bool
    count: int = 0


def list_context(
    screen: Screen, box: Mailbox, wanted: Wanted, identity: Identity, query: Mapping[str, Any], *, current: int = 0
) -> dict[str, Any]:
    """What every page with the list needs; `current` is the discussion being read."""
    here = reverse(_ROUTES.get(screen, "messaging:inbox")) if screen != Screen.FOLDER else reverse(
        "messaging:folder", args=[wanted.folder_id]
    )  # fmt: skip
    kept = {name: query[name] for name in ("filtre", "de", "enfant", "categorie") if query.get(name)}
    return {
        "screen": str(screen),
        "title": _title(screen, box, wanted),
        "box": box,
        "lines": lines_of(box.page, identity, [each.name for each in box.children]),
        "places": _places(screen, box, wanted, identity),
        "here": here,
        "more_url": f"{here}?{urlencode({**kept, 'apres': box.after})}" if box.after else "",
        "is_filtered": bool(kept) or bool(wanted.after),
        "current": current,
        "chips": [],
        "is_choosing": query.get("choisir") == "1",
        "is_student": is_student(identity),
        "rules": _rules(identity),
        "may_be_away": any(role.profile in PARTY_OF_PROFILE and role.profile in STAFF for role in identity.roles or ()),
    }


def _rules(identity: Identity) -> list[tuple[str, str]]:
    """« Qui peut écrire à qui », for each school where the person writes: (label, address)."""
    schools = {
        uai: roles[0].short_name
        for uai, roles in identity.schools.items()
        if parties_of(role.profile for role in roles)
    }
    label = _("Qui peut écrire à qui")
    return [
        (label if len(schools) < 2 else f"{label}, {name}", reverse("messages_of_school:rules", args=[uai]))
        for uai, name in schools.items()
    ]


def lines_of(rows: Iterable[Row], identity: Identity, children: Sequence[str] = ()) -> list[Line]:
    """Lines of a list; the school is named when the person has several. Each child keeps one colour."""
    now = in_paris(clock.now())
    schools = {roles[0].establishment: roles[0] for roles in identity.schools.values()}
    several = len(schools) > 1
    return [
        _line(row, schools[row.school].uai, schools[row.school].short_name if several else "", now, children)
        for row in rows
    ]


def is_student(identity: Identity) -> bool:
    """Whether the person is told « tu »."""
    return any(role.profile == Profile.STUDENT for role in identity.roles or ())


def _title(screen: Screen, box: Mailbox, wanted: Wanted) -> str:
    if screen == Screen.FOLDER:
        return next((each.name for each in box.folders if each.id == wanted.folder_id), "")
    return str(_TITLES.get(screen, _("Recherche")))


def _places(screen: Screen, box: Mailbox, wanted: Wanted, identity: Identity) -> list[Place]:
    icons = {Screen.INBOX: "lettre", Screen.SENT: "envoyer", Screen.DRAFTS: "crayon", Screen.BIN: "corbeille"}
    counts = {Screen.INBOX: box.unread, Screen.DRAFTS: box.drafts}
    places = [
        Place(str(_TITLES[each]), reverse(_ROUTES[each]), icons[each], each == screen, counts.get(each, 0))
        for each in (Screen.INBOX, Screen.SENT, Screen.DRAFTS)
    ]
    places += [
        Place(
            each.name,
            reverse("messaging:folder", args=[each.id]),
            "dossier",
            screen == Screen.FOLDER and each.id == wanted.folder_id,
            each.unread,
        )
        for each in box.folders
    ]
    for uai, roles in identity.schools.items():
        if may_watch(identity, uai):
            label = (
                _("Modération")
                if len(identity.schools) < 2
                else _("Modération, %(school)s") % {"school": roles[0].short_name}
            )
            places.append(Place(label, reverse("messages_of_school:moderation", args=[uai]), "bouclier", False))
    return [*places, Place(str(_TITLES[Screen.BIN]), reverse(_ROUTES[Screen.BIN]), "corbeille", screen == Screen.BIN)]


def may_watch(identity: Identity, uai: str) -> bool:
    """Whether the person looks after the messages of a school."""
    roles = identity.roles_in(uai)
    granted = frozenset(name for role in roles for name in role.granted or ())
    rights = capabilities_of(frozenset(role.profile for role in roles), granted)
    return bool(rights & {"messaging.moderate", "messaging.harassment"})


def chips_of(screen: Screen, box: Mailbox, wanted: Wanted, identity: Identity) -> list[tuple[str, str, bool, int]]:
    """The filters of a list: (label, address, chosen, count)."""
    if screen not in (Screen.INBOX, Screen.FOLDER):
        return []
    anything = not (wanted.is_unread or wanted.parties or wanted.child_id or wanted.category_id)
    chips = [(_("Tous"), "?", anything, 0), (_("Non lus"), "?filtre=non-lus", wanted.is_unread, box.unread)]
    parties = parties_of(role.profile for role in identity.roles or ())
    if len(box.children) > 1:
        chips += [(first_name(each.name), f"?enfant={each.id}", wanted.child_id == each.id, 0) for each in box.children]
    if any(party not in FAMILIES for party in parties):
        chips += [
            (label, f"?de={word}", bool(wanted.parties) and party in wanted.parties, 0)
            for label, word, party in (
                (_("Familles"), "familles", "guardian"),
                (_("Élèves"), "eleves", "student"),
                (_("Collègues"), "collegues", "teacher"),
            )
        ]
    chips += [(each.name, f"?categorie={each.id}", wanted.category_id == each.id, 0) for each in box.categories]
    return chips


def _line(row: Row, uai: str, school: str, now: dt.datetime, children: Sequence[str]) -> Line:
    name = _("À %(names)s") % {"names": row.addressed_to} if row.is_mine else row.author
    return Line(
        row,
        reverse("messages_of_school:thread", args=[uai, row.thread]),
        name,
        when(row.at, now),
        _COLOURS[sum(map(ord, row.name)) % len(_COLOURS)],
        str(Message.State(row.state).label) if row.state != Message.State.SENT else "",
        school,
        CHILD_COLOURS[children.index(row.children) % len(CHILD_COLOURS)] if row.children in children else "m-gris",
    )


def when(at: dt.datetime, now: dt.datetime) -> str:
    """« 9 h 52 », « hier », « lun. », « 12 oct. », « 12/10/2025 »."""
    local = in_paris(at)
    days = (now.date() - local.date()).days
    if days <= 0:
        return hour(local)
    if days == 1:
        return _("hier")
    if days < 7:
        return f"{DAYS[local.weekday()][:3]}."
    if days < 300:
        return f"{day_number(local)} {_SHORT_MONTHS[local.month - 1]}"
    return local.strftime("%d/%m/%Y")


def moment(at: dt.datetime) -> str:
    """In a discussion: « aujourd’hui, 9 h 52 », « hier, 17 h 20 », « 12 octobre, 8 h »."""
    local, today = in_paris(at), clock.today()
    days = (today - local.date()).days
    if days == 0:
        return _("aujourd’hui, %(hour)s") % {"hour": hour(local)}
    if days == 1:
        return _("hier, %(hour)s") % {"hour": hour(local)}
    if days == -1:
        return _("demain, %(hour)s") % {"hour": hour(local)}
    if 0 > days > -7:
        return f"{DAYS[local.weekday()]}, {hour(local)}"
    year = "" if local.year == today.year else f" {local.year}"
    return f"{day_number(local)} {MONTHS[local.month - 1]}{year}, {hour(local)}"


def arrival(at: dt.datetime) -> str:
    """« demain à 7 h », « lundi à 7 h », « lundi 4 janvier à 7 h »: when families will have it."""
    local, today = in_paris(at), clock.today()
    days = (local.date() - today).days
    if days == 0:
        name = _("aujourd’hui")
    elif days == 1:
        name = _("demain")
    else:
        name = DAYS[local.weekday()]
        if days > 6:
            name += f" {day_number(local)} {MONTHS[local.month - 1]}"
    return _("%(day)s à %(hour)s") % {"day": name, "hour": hour(local)}
