"""The layers of a calendar: the school, classes, each child, oneself, days off. A reader shows or hides each."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pupitre.agenda.queries.calendar import EventRow, SchoolCalendar

SCHOOL, GROUPS, ME, DAYS_OFF = "ecole", "classes", "moi", "vacances"
COOKIE = "couches"
_CHILD = "enfant-"
_KEY = re.compile(r"[a-z]{1,20}(?:-[0-9]{1,18})?")
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer by its name; `colour` is a class of the stylesheet, for a child."""

    key: str
    label: str
    colour: str = ""


def layers_for(profiles: Iterable[str], calendars: Iterable[SchoolCalendar], colours: Mapping[int, str]) -> list[Layer]:
    """The layers of a reader: each child's for a guardian, the class for a student, classes for whoever works."""
    held = set(profiles)
    layers = [Layer(SCHOOL, _("Établissement"))]
    children = {child.person: child for calendar in calendars for child in calendar.children}
    layers += [Layer(f"{_CHILD}{pk}", children[pk].first_name, colours[pk]) for pk in colours if pk in children]
    if held - {"guardian"}:
        layers.append(Layer(GROUPS, _("Ma classe") if held <= {"student", "guardian"} else _("Classes")))
    return [*layers, Layer(ME, _("Moi")), Layer(DAYS_OFF, _("Vacances et jours fériés"))]


def layers_of(row: EventRow, calendar: SchoolCalendar) -> set[str]:
    """The layers that an event is on; it is shown as long as one of them is."""
    found = set()
    if row.is_personal or row.part is not None or (row.is_mine and not row.audience):
        found.add(ME)
    if any(each.group is None for each in row.audience):
        found.add(SCHOOL)
    found |= {f"{_CHILD}{pk}" for pk in children_in(row, calendar)}
    if any(each.group is not None for each in row.audience) and not found & {SCHOOL, ME}:
        found |= set() if any(key.startswith(_CHILD) for key in found) else {GROUPS}
    return found or {GROUPS if row.kind != "holiday" else SCHOOL}


def children_in(row: EventRow, calendar: SchoolCalendar) -> list[int]:
    """The reader's children whom an event concerns in particular: named in it, or of a group that it is for."""
    groups = {each.group for each in row.audience if each.group is not None and each.party in ("students", "guardians")}
    return [child.person for child in calendar.children if child.person in row.wards or groups & set(child.groups)]


def hidden_from(asked: str | None, kept: str) -> frozenset[str]:
    """The layers that are hidden: those of the address, else those this browser keeps."""
    return frozenset(key for key in (kept if asked is None else asked)[:_LONGEST].split(".") if _KEY.fullmatch(key))
