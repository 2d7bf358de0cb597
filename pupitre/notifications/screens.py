"""What the preferences screen shows: for each kind, how often somebody is told of it, by which way."""

from collections.abc import Collection
from dataclasses import dataclass

from pupitre.foundation.registry import NotificationKind
from pupitre.notifications.carriers.sms import is_configured
from pupitre.notifications.kinds import Audience, kinds
from pupitre.notifications.models import Channel, Rhythm
from pupitre.notifications.wishes import SchoolRules, Wishes, rhythm_of


@dataclass(frozen=True, slots=True)
class KindLine:
    """One kind: its rhythm by mail, whether a push or an SMS leaves at once; `is_locked` when the school decided."""

    kind: NotificationKind
    mail: str
    push: bool
    sms: bool
    is_locked: bool

    @property
    def has_sms(self) -> bool:
        """Whether this kind may leave by SMS here."""
        return self.kind.sms and is_configured()


def kinds_for(profiles: Collection[str]) -> list[NotificationKind]:
    """The kinds that somebody with these profiles may be told of: a room names whom it tells, or tells everyone."""
    held = set(profiles)
    return [kind for kind in kinds() if not kind.defaults or held & kind.defaults.keys()]


def lines_for(
    *, audience: Audience, profiles: Collection[str], child_id: int | None, wishes: Wishes, school: SchoolRules
) -> list[KindLine]:
    """What applies today to somebody, about one child or about anything."""

    def told(kind: NotificationKind, channel: str) -> str:
        return rhythm_of(
            kind, channel, audience=audience, profiles=profiles, child_id=child_id, wishes=wishes, school=school
        )

    return [
        KindLine(
            kind,
            told(kind, Channel.MAIL),
            told(kind, Channel.PUSH) == Rhythm.IMMEDIATE,
            told(kind, Channel.SMS) == Rhythm.IMMEDIATE,
            school.rhythms.get((kind.key, audience), ("", False))[1],
        )
        for kind in kinds_for(profiles)
    ]
