"""What rooms offer the house. `contributions.py` of every room is found at start-up and fills this registry.

Keys are `room.name`; a key offered twice for the same kind of thing stops the start.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeVar

import msgspec
from django.db.models import Model
from django.http import HttpRequest
from django.utils.functional import Promise

Text = str | Promise
Group = Literal["day", "schooling", "teaching", "school_life", "people", "school", "resources"]


@dataclass(frozen=True, slots=True)
class Capability:
    """A right that a profile or a grant can give, `room.verb`. `group`: under which title people look for it."""

    key: str
    label: Text
    group: Text = ""


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A line of the menu, shown to those whose profiles are named or who hold the capability.

    `route` is a URL name; it takes the UAI when `in_school`. `order` sorts the menu; `tab` puts it in the phone's bar,
    under its `short` name when the label is too long there.
    `group` says under which title it stands, seven lines at most in each (`docs/how-to/a-menu-line.md`).
    `counter`: the key of the `Counter` whose number stands on the line, in grey when `soft`: it can wait.
    """

    key: str
    label: Text
    icon: str
    route: str
    order: int
    profiles: frozenset[str] = frozenset()
    capability: str = ""
    in_school: bool = True
    tab: bool = False
    counter: str = ""
    soft: bool = False
    short: Text = ""
    group: Group = "day"


@dataclass(frozen=True, slots=True)
class Counter:
    """A number that a person sees on every page, and that changes under their eyes: unread messages, notices.

    `sql` is a scalar sub-select giving an integer; it may use `p.id` (the person), `%(now)s` and `%(today)s`, no school, since
    a person counts over all of theirs. Cheap: every signed-in page asks for it, in the statement that tells who is here.
    """

    key: str
    sql: str


@dataclass(frozen=True, slots=True)
class NotificationKind:
    """A kind of notice, `room.what`: what people choose to be told of, by which channel and how often (NTF-1).

    `urgent` by nature passes quiet hours (absence of one's child, safety); `sms` may also leave by SMS. `defaults` gives by
    profile « never », « immediate », « daily » or « weekly »; a profile left out is told once a day.
    """

    key: str
    label: Text
    urgent: bool = False
    sms: bool = False
    defaults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HomePart:
    """A part of the home page. Its SQL is one scalar sub-select giving JSON, so that the hall asks all parts in one statement.

    `sql` may use `wall.id` (the open school) and the parameters `person` (id), `profile` (the one whose home it is), `day`
    (date shown), `today` and `time`.
    `decode` turns the JSON into typed rows; the home of whoever holds one of `profiles`, or the capability, asks for it.
    `shared`: it is the same for everyone in the school (neither `person` nor `time` in its SQL), and is kept in memory
    as long as the school's stamp and the day stand.
    `dormant`: its SQL gives null when the whole school has nothing of the kind (a connector that is shut); it is then not asked
    again while the school's stamp stands, and costs nothing. Whoever opens it raises that stamp.
    """

    key: str
    sql: str
    decode: Callable[[msgspec.Raw], Any]
    profiles: frozenset[str] = frozenset()
    capability: str = ""
    shared: bool = False
    dormant: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """Something that waits for a person (POR-4), gone from the list only when it is really done.

    `url` is the page where it is done; `verb` the word on its button.
    """

    label: str
    detail: str
    url: str
    verb: str
    level: Literal["bad", "warn", "info"] = "info"
    icon: str = "info"


@dataclass(frozen=True, slots=True)
class LessonAction:
    """A button of the lesson that somebody gives now, on their home: « Faire l’appel ». `route` takes the UAI alone."""

    key: str
    label: Text
    icon: str
    route: str
    order: int = 50


@dataclass(frozen=True, slots=True)
class PageLink:
    """A button that a room above offers on a page of a room below: « Punir » beside a student.

    `place` says where: « student » and « group », whose pages know the number of the schooling or of the group; « marks », at
    the head of the marks of a student, of those alone whose training level (MEF) begins by `state` when there is one; « mark »,
    beside a student marked `state` in a register (« ?appel= » then names it); or « service », an outside one whose protocol is
    `state`, or whose model is (« model:pronote »).
    `route` takes the UAI and that number. Shown to those whose profiles are named, or who hold the capability.
    """

    key: str
    label: Text
    icon: str
    route: str
    place: Literal["student", "group", "mark", "marks", "service"]
    order: int = 50
    profiles: frozenset[str] = frozenset()
    capability: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class HomeAction:
    """A button at the head of the home of those whose profiles are named, in a school: « Écrire à une classe »."""

    key: str
    label: Text
    icon: str
    route: str
    profiles: frozenset[str]


@dataclass(frozen=True, slots=True)
class ActionSource:
    """Where a room tells what waits for a person: a home part whose rows become actions.

    `make` receives the decoded JSON and the UAI, and gives the actions, most urgent first.
    """

    key: str
    sql: str
    make: Callable[[msgspec.Raw, str], list[Action]]
    profiles: frozenset[str] = frozenset()
    capability: str = ""


@dataclass(frozen=True, slots=True)
class PersonalData:
    """What a table holds of people: why, and how long it is kept. Gathered for the RGPD register."""

    model: type[Model]
    subject: str
    purpose: Text
    keep: Text

    @property
    def key(self) -> str:
        return f"{self.model._meta.label_lower}.personal"


@dataclass(frozen=True, slots=True)
class FileOwner:
    """Rows that files are attached to. Whoever may do `verb` on a row sees its files; there is no other right on a file.

    `model` is a label (« messaging.message »), the model that `verb` rules. `largest_mb`: the most one file weighs;
    `most`: how many a row holds.
    """

    key: str
    model: str
    verb: str
    largest_mb: int = 25
    most: int = 20


@dataclass(frozen=True, slots=True)
class Faces:
    """Where the photographs of students are found, for pages that show who is who (`faces.py`).

    `find` receives the UAI and numbers of schoolings, and gives the address of the photograph of those who have one, in one
    statement. Whoever opens an address is asked for their rights again.
    """

    key: str
    find: Callable[[str, Collection[int]], Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Chore:
    """What a room does every night (`pupitre housekeeping`): `run` opens each school itself, may be run twice without harm,
    and tells in French what it did, a line each; nothing when there was nothing to do.
    """

    key: str
    run: Callable[[], list[str]]


@dataclass(frozen=True, slots=True)
class FactorRule:
    """From which day an account must show a second factor, by what its owner does: `required_from` receives the number of
    the account and gives that day, past or to come, or None. Asked at sign-in only.
    """

    key: str
    required_from: Callable[[int], date | None]


@dataclass(frozen=True, slots=True)
class Way:
    """A way to sign in besides the password: a large line of the sign-in page. `detail` says with which account."""

    label: str
    detail: str
    icon: str
    url: str


@dataclass(frozen=True, slots=True)
class SignInWays:
    """Ways to sign in that a room offers to the room of accounts.

    `ways` receives the page to go to and gives the lines of the sign-in page; `proofs` receives the number of an account and
    gives the ways, sent as forms, by which its owner proves again who they are; `leaving` receives the request and what
    `enter()` kept of the way in, and gives where signing out goes on, or « ». `mine` is the route of the page of one's own ways.
    """

    key: str
    ways: Callable[[str], list[Way]]
    proofs: Callable[[int], list[Way]]
    leaving: Callable[[HttpRequest, dict[str, str]], str]
    mine: str


Contribution = (
    Capability
    | MenuEntry
    | Counter
    | NotificationKind
    | HomePart
    | LessonAction
    | HomeAction
    | PageLink
    | ActionSource
    | PersonalData
    | FileOwner
    | Faces
    | Chore
    | FactorRule
    | SignInWays
)
C = TypeVar("C", bound=Contribution)
_offered: dict[tuple[type, str], Contribution] = {}


def contribute(*contributions: Contribution) -> None:
    """Offer things to the house. Raises RuntimeError when a key is offered twice."""
    for contribution in contributions:
        name = (type(contribution), contribution.key)
        if name in _offered:
            raise RuntimeError(f"{contribution.key} is offered twice")
        _offered[name] = contribution


def offered(kind: type[C]) -> Iterable[C]:
    """Everything of one kind that rooms offer, in the order of their keys."""
    items = [item for item in _offered.values() if isinstance(item, kind)]
    return sorted(items, key=lambda item: item.key)
