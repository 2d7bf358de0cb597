"""What stands around every signed-in page: side bar, top bar, bottom bar. Filled by the hall, drawn by `shell.html`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["eleve", "parent", "prof", "viesco", "direction", "referent"]
Level = Literal["info", "ok", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class School:
    """A line of the school switcher."""

    name: str
    town: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class MenuLine:
    """A line of the menu. `icon` is a name of `icons.svg` without `i-`; `short` is the word under the phone's icon.

    `count` is shown when above zero; `soft` greys it, for what can wait; `counter` names it for pages that stay open.
    """

    label: str
    icon: str
    url: str
    current: bool = False
    count: int = 0
    soft: bool = False
    short: str = ""
    counter: str = ""


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """Lines of the menu under one title; those of the day have none. `is_open`: unfolded when the page opens."""

    key: str
    title: str
    lines: tuple[MenuLine, ...]
    is_open: bool = False

    @property
    def count(self) -> int:
        """What waits behind the title while it is folded."""
        return sum(line.count for line in self.lines)


@dataclass(frozen=True, slots=True)
class Banner:
    """A sentence above every page: « Démonstration », « l’horloge est décalée »."""

    text: str
    level: Level = "info"
    icon: str = "info"


@dataclass(frozen=True, slots=True)
class Shell:
    """Context `shell` of `shell.html`. An empty address hides what it leads to.

    `bell` stands in the phone's top bar. `live_url` is where an open page hears of its counts.

    `who` names the person in a way that means nothing to anyone else (the user's id): what is typed and kept in the
    browser is given back to that person only. `tabs` holds four lines at most, « Plus » being the fifth. `folded`: the menu
    is so long that its groups open one at a time.
    """

    role: Role
    who: str
    name: str
    subtitle: str
    home_url: str
    account_url: str
    sign_out_url: str
    schools: tuple[School, ...] = ()
    menu: tuple[MenuGroup, ...] = ()
    folded: bool = False
    tabs: tuple[MenuLine, ...] = ()
    search_url: str = ""
    help_url: str = ""
    bell: MenuLine | None = None
    live_url: str = ""
    banners: tuple[Banner, ...] = ()

    @property
    def school(self) -> School | None:
        """The school being looked at; none on a page that shows them all."""
        return next((school for school in self.schools if school.current), None)
