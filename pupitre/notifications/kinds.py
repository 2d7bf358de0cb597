"""The kinds of notices that rooms declare, and what people are told of by default (16.3)."""

from collections.abc import Iterable

from pupitre.directory.profiles import STAFF, Profile
from pupitre.foundation.registry import NotificationKind, offered
from pupitre.notifications.models import Rhythm, SchoolRhythm

Audience = SchoolRhythm.Audience


class UnknownKind(LookupError):
    """No room declares this kind: the programmer's mistake."""


def kind_of(key: str) -> NotificationKind:
    """The kind of this key. Raises UnknownKind."""
    for kind in offered(NotificationKind):
        if kind.key == key:
            return kind
    raise UnknownKind(key)


def kinds() -> list[NotificationKind]:
    """Every kind, in the order of their keys: room by room."""
    return list(offered(NotificationKind))


def audience_of(profiles: Iterable[str]) -> Audience:
    """As whom somebody is told: who works in the school first, then the student, then the guardian."""
    held = set(profiles)
    if held & STAFF or Profile.GUEST in held:
        return Audience.STAFF
    return Audience.STUDENT if Profile.STUDENT in held else Audience.GUARDIAN


def default_rhythm(kind: NotificationKind, profiles: Iterable[str]) -> str:
    """How often a kind is told to whoever chose nothing, from what the room says of their profiles; else once a day."""
    held = set(profiles)
    told = {rhythm for profile, rhythm in kind.defaults.items() if profile in held}
    order = (Rhythm.IMMEDIATE, Rhythm.DAILY, Rhythm.WEEKLY, Rhythm.NEVER)
    return next((each for each in order if each in told), Rhythm.DAILY)
