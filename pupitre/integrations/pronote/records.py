"""What PRONOTE answers, in plain records; its own names stop in `answers.py`. Dates that cannot be read are left out."""

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark: « 15,00 » out of « 20.00 », or a word (« Abs », « Dispensé »). `page` is the key of a page of PRONOTE."""

    value: str
    scale: str
    subject: str
    on: dt.date | None
    page: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """Work to do, or what was done in a lesson. `html` comes from outside and is not clean."""

    subject: str
    on: dt.date | None
    title: str
    html: str
    files: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    page: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something of school life. `kind` is the name of its element: Absence, Retard, Punition…"""

    kind: str
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    is_open: bool
    is_justified: bool | None
    words: tuple[str, ...]
    page: str = ""


@dataclass(frozen=True, slots=True)
class Skill:
    """A level of mastery: of a competency, of one of its items, or of a domain."""

    name: str
    subject: str
    level: str
    on: dt.date | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of PRONOTE that can be opened by its key."""

    name: str
    page: str


@dataclass(slots=True)
class Pupil:
    """What is said of one pupil; `titles` are those that PRONOTE gives to its blocks."""

    last_name: str = ""
    first_name: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    notice: str = ""
    marks: list[Mark] = field(default_factory=list)
    to_do: list[Work] = field(default_factory=list)
    done: list[Work] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    skills: list[Skill] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)


@dataclass(slots=True)
class Answer:
    """A whole answer: of a pupil about themself, or of a guardian about each child. Counts are None when they are not told."""

    is_guardian: bool
    pupils: list[Pupil] = field(default_factory=list)
    messages: int | None = None
    informations: int | None = None
    messages_page: str = ""
    informations_page: str = ""
    pages: list[Page] = field(default_factory=list)
