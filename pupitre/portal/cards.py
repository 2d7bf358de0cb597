"""What the home page shows, ready to draw: frozen rows, no query and no rule. Drawn by `portal/home.html`.

Hours are whatever `foundation.ui.french.Hour` reads. Colours are the stylesheet's subject classes, `m-*`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from pupitre.foundation.ui.french import Hour

Level = Literal["", "info", "ok", "warn", "bad"]
When = Literal["past", "now", "next"]


@dataclass(frozen=True, slots=True)
class Badge:
    """A state in a word; `icon` is a name of `icons.svg`."""

    text: str
    level: Level = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """A button: a verb and where it leads."""

    label: str
    url: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class NowCard:
    """The lesson going on, or the next one: « 4e B », and what to do about it; the first action stands out."""

    starts_at: Hour
    ends_at: Hour
    title: str
    detail: str = ""
    room: str = ""
    colour: str = ""
    is_next: bool = False
    actions: Sequence[Action] = ()


@dataclass(frozen=True, slots=True)
class LessonLine:
    """A lesson of the day, in the margin by its hours."""

    starts_at: Hour
    ends_at: Hour
    title: str
    subtitle: str = ""
    colour: str = "m-gris"
    state: When = "next"
    badge: Badge | None = None
    url: str = ""
    # Crossed out: it does not take place, or not then.
    is_off: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Free time between two lessons, or the end of the day."""

    starts_at: Hour
    text: str


@dataclass(frozen=True, slots=True)
class Day:
    """The day's page. Without lines, `empty` says why: « Pas de cours aujourd’hui », and `empty_next` what follows."""

    title: str
    week_url: str
    lines: Sequence[LessonLine | Gap] = ()
    empty: str = ""
    empty_next: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class NeedsMe:
    """Something waiting for this person: the fact, what to do, the verb of its button, and by when."""

    label: str
    detail: str
    url: str
    action: str
    level: Level = ""
    icon: str = "info"
    due_at: date | datetime | None = None


@dataclass(frozen=True, slots=True)
class WorkLine:
    """Work to do, in a line: done in one touch, handed in from there when it is handed in here."""

    title: str
    detail: str
    colour: str
    url: str
    tell_url: str
    is_done: bool = False
    to_hand_in: bool = False
    badge: Badge | None = None


@dataclass(frozen=True, slots=True)
class ElsewhereLine:
    """Work to do in another tool, `source`: it is done there, and ticked there."""

    title: str
    detail: str
    url: str
    source: str


@dataclass(frozen=True, slots=True)
class WorkCard:
    """The work of the next day with something due: « Pour demain »; given here, then asked for by other tools.

    `told`: lines of the cards of these tools, which need not say them again.
    """

    title: str
    detail: str
    lines: Sequence[WorkLine]
    all_url: str
    elsewhere: Sequence[ElsewhereLine] = ()
    told: frozenset[Any] = frozenset()


@dataclass(frozen=True, slots=True)
class ChildCover:
    """A child of a guardian: the notebook’s cover, and where the day stands. Empty lines are not shown."""

    first_name: str
    colour: str
    group: str
    school: str
    week_url: str
    now_line: str = ""
    next_label: str = ""
    next_line: str = ""
    # Another day: when lessons start again, and with which one.
    again_on: str = ""
    again_with: str = ""
    ends_at: Hour | None = None
    quiet_line: str = ""
    badge: Badge | None = None
    # What the day changed: an icon, what, and of which lesson.
    changes: Sequence[tuple[str, str, str]] = ()
    # « Pour demain », « 2 devoirs », and where they are told.
    work_label: str = ""
    work_line: str = ""
    work_url: str = ""
    # The last mark that guardians see: « SVT », « 15,5 » out of a scale, which is nothing when there is no number.
    mark_of: str = ""
    mark: str = ""
    mark_scale: str = ""
    marks_url: str = ""

    @property
    def initial(self) -> str:
        return self.first_name[:1]


@dataclass(frozen=True, slots=True)
class ClassCover:
    """A class or group of a teacher, or of a school."""

    name: str
    detail: str
    colour: str
    url: str


@dataclass(frozen=True, slots=True)
class Kpi:
    """A figure of the school: « Élèves », « 612 »; `detail` says what to make of it."""

    label: str
    value: str
    unit: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ImportLine:
    """An import as its owner sees it: « SIECLE, 43 changements prêts »."""

    label: str
    detail: str
    level: Level
    url: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A block on the whole width, or beside a column of others: names of `blocks.Block`."""

    block: str
    beside: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A part that could not be read: the block where it stands (none: the foot of the page), and the title of its frame."""

    block: str
    title: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """Something to come, of the calendar: its letter on its colour, when it is, the children it concerns."""

    title: str
    detail: str
    url: str
    kind: str
    letter: str
    colour: str
    children: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class MailLine:
    """Unread messages in one line: how many, and the last of them; `child` names the child that it is about."""

    count: int
    author: str
    subject: str
    child: str
    url: str
    all_url: str


@dataclass(frozen=True, slots=True)
class NewsLine:
    """Unread news in one line: how many, and the last of them."""

    count: int
    title: str
    url: str
    all_url: str


@dataclass(frozen=True, slots=True)
class MarkLine:
    """One of the last marks of a student: « 15,5 » out of `scale`, which is nothing when there is no number."""

    title: str
    detail: str
    colour: str
    mark: str
    scale: str


@dataclass(frozen=True, slots=True)
class OutsideSection:
    """Things of one kind. `lines` come as the tool's room gives them (title, detail, value, url); `more` are left out."""

    title: str
    lines: Sequence[Any]
    url: str = ""
    more: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class OutsidePart:
    """What another tool says of one person: of a child, named in their colour; of oneself, without a name."""

    name: str
    colour: str
    sections: Sequence[OutsideSection]


@dataclass(frozen=True, slots=True)
class OutsideCard:
    """What another tool says, and of when it is. `refresh_url`: where a newer one is asked for, when it is due."""

    id: int
    title: str
    url: str
    age: str
    parts: Sequence[OutsidePart] = ()
    school: str = ""
    trouble: str = ""
    empty: str = ""
    refresh_url: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """The whole home page: the parts left empty are not drawn. `lede` may hold markup (`format_html`).

    `needs_me` is None for profiles that nothing can wait for; empty, it says that all is well. `rows` are the blocks in
    the order asked for (`arrangement.arranged`); `drawn` those that have something to show.
    """

    title: str
    lede: str
    now: NowCard | None = None
    day: Day | None = None
    work: WorkCard | None = None
    needs_me: Sequence[NeedsMe] | None = None
    children: Sequence[ChildCover] = ()
    classes: Sequence[ClassCover] = ()
    classes_url: str = ""
    kpis: Sequence[Kpi] = ()
    events: Sequence[EventLine] = ()
    events_url: str = ""
    imports: Sequence[ImportLine] = ()
    marks: Sequence[MarkLine] = ()
    marks_url: str = ""
    imports_url: str = ""
    imports_note: str = ""
    rows: Sequence[Row] = ()
    drawn: Collection[str] = ()
    unread: Sequence[Unread] = ()
    arrange_url: str = ""
    outside: Sequence[OutsideCard] = ()
    mail: MailLine | None = None
    news: NewsLine | None = None
    actions: Sequence[Action] = ()

    @property
    def day_is_shown(self) -> bool:
        """Whether the classes stand beside the day, as a list, rather than on their own, as covers."""
        return any("day" in (row.block, *row.beside) for row in self.rows)

    def lacks(self, block: str) -> bool:
        """Whether something of a block could not be read."""
        return any(each.block == block for each in self.unread)
