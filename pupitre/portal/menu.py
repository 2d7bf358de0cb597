"""The main menu: the lines rooms offer, gathered under a few titles."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pupitre.foundation.registry import Group, MenuEntry, offered
from pupitre.foundation.ui.shell import MenuGroup, MenuLine

TITLES = {
    "day": "",
    "schooling": _("Scolarité"),
    "teaching": _("Enseignement"),
    "school_life": _("Vie scolaire"),
    "people": _("Élèves et familles"),
    "school": _("Établissement"),
    "resources": _("Ressources"),
}
"""The groups, in the order of the menu. What everyone opens many times a day has no title."""

FOLDED_FROM = 13
"""From so many lines on, groups open one at a time: the menu of a CPE then holds in a window of 900 pixels."""

_UAI_LENGTH = len("/0990001N")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu before anyone looks at it. What can wait is counted in grey."""

    label: str
    icon: str
    url: str
    tab: bool
    counter: str
    soft: bool
    short: str
    group: Group


@lru_cache(maxsize=4096)
def entries_for(profiles: frozenset[str], capabilities: frozenset[str], uai: str) -> tuple[Entry, ...]:
    """Lines of the menu for these rights in this school, in their order."""
    entries = []
    for entry in sorted(offered(MenuEntry), key=lambda entry: entry.order):
        if entry.in_school and not uai:
            continue
        if not (entry.profiles & profiles or entry.capability in capabilities):
            continue
        url = reverse(entry.route, args=[uai] if entry.in_school else [])
        entries.append(
            Entry(
                str(entry.label),
                entry.icon,
                url,
                entry.tab,
                entry.counter,
                entry.soft,
                str(entry.short),
                entry.group,
            )
        )
    return tuple(entries)


def lines_of(entries: tuple[Entry, ...], path: str, counts: Mapping[str, int]) -> list[MenuLine]:
    """The entries as the page draws them; one at most is current, that whose address says the most of the path."""
    current = max((entry.url for entry in entries if _leads_to(entry.url, path)), key=len, default=None)
    return [
        MenuLine(
            label=entry.label,
            icon=entry.icon,
            url=entry.url,
            current=entry.url == current,
            count=counts.get(entry.counter, 0),
            soft=entry.soft,
            short=entry.short,
            counter=entry.counter,
        )
        for entry in entries
    ]


def _leads_to(url: str, path: str) -> bool:
    # A list over all schools leads to pages inside one: « /messages/ » to « /0990001N/messages/12/ ».
    return path.startswith(url) or path[_UAI_LENGTH:].startswith(url)


def gathered(home: MenuLine, lines: list[MenuLine], entries: tuple[Entry, ...]) -> tuple[MenuGroup, ...]:
    """The lines under their titles, home first; open is the group of this page, else the longest: where one's work is.

    A line alone in its group needs no title, and a fold would hide it for nothing.
    """
    groups = []
    for key, title in TITLES.items():
        held = tuple(line for line, entry in zip(lines, entries, strict=True) if entry.group == key)
        if key == "day":
            held = (home, *held)
        if held:
            groups.append(MenuGroup(key, str(title) if len(held) > 1 else "", held))
    titled = [group for group in groups if group.title]
    opened = next((group for group in titled if any(line.current for line in group.lines)), None)
    opened = opened or max(titled, key=lambda group: len(group.lines), default=None)
    return tuple(MenuGroup(group.key, group.title, group.lines, group is opened) for group in groups)
