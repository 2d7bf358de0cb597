"""What people want to be told of: the school's decision, then their own choice, then the default of the kind."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time

from pupitre.establishments.scope import scope
from pupitre.foundation.registry import NotificationKind
from pupitre.notifications.kinds import Audience, default_rhythm
from pupitre.notifications.models import Channel, Mute, PersonSchedule, Preference, Rhythm, SchoolRhythm
from pupitre.notifications.queries import hours_of
from pupitre.notifications.quiet_hours import Opening, QuietHours

DAILY_AT = {Audience.STUDENT: time(17, 30), Audience.GUARDIAN: time(18, 30), Audience.STAFF: time(18, 30)}
"""The hour of digests for whoever chose none (NTF-1, 16.3)."""


@dataclass(slots=True)
class Wishes:
    """What one person chose. `rhythms` by (child or None, kind, channel); `mutes` as they were asked for."""

    rhythms: dict[tuple[int | None, str, str], str] = field(default_factory=dict)
    mutes: list[Mute] = field(default_factory=list)
    schedule: PersonSchedule = field(default_factory=PersonSchedule)

    def is_silent(self, kind: str, child_id: int | None, at: datetime, author_id: int | None = None) -> bool:
        """Whether the person silenced this kind, this child or this author, for the time being."""
        return any(
            mute.until_at > at
            and mute.kind in ("", kind)
            and mute.child_id in (None, child_id)
            and mute.author_id in (None, author_id)
            for mute in self.mutes
        )

    def hours(self, school: QuietHours) -> QuietHours:
        """When somebody who works in a school wants to be reached: their own hours, else the school's."""
        own = self.schedule
        if own.opens_at is None or own.closes_at is None or not own.working_days:
            return school
        opening = Opening(own.opens_at, own.closes_at)
        return QuietHours(tuple(opening if day in own.working_days else None for day in range(7)), school.zone)


@dataclass(frozen=True, slots=True)
class SchoolRules:
    """What a school decided: its hours, and for a kind and an audience its rhythm (is it locked?)."""

    hours: QuietHours
    rhythms: Mapping[tuple[str, str], tuple[str, bool]]


def rhythm_of(
    kind: NotificationKind,
    channel: str,
    *,
    audience: Audience,
    profiles: Collection[str],
    child_id: int | None,
    wishes: Wishes,
    school: SchoolRules,
) -> str:
    """How often a person is told of a kind by a channel."""
    if channel == Channel.SMS and not kind.sms:
        return Rhythm.NEVER
    decided, is_locked = school.rhythms.get((kind.key, audience), ("", False))
    if is_locked:
        return fitting(decided, channel)
    for child in dict.fromkeys((child_id, None)):
        if (child, kind.key, channel) in wishes.rhythms:
            return wishes.rhythms[child, kind.key, channel]
    if wishes.schedule.is_weekly_only and not kind.urgent:
        return Rhythm.WEEKLY if channel == Channel.MAIL else Rhythm.NEVER
    return fitting(decided or default_rhythm(kind, profiles), channel)


def fitting(rhythm: str, channel: str) -> str:
    """A rhythm as a channel can hold it: a push or an SMS tells at once or not at all."""
    return rhythm if channel == Channel.MAIL or rhythm == Rhythm.IMMEDIATE else Rhythm.NEVER


def wishes_of(person_ids: Collection[int]) -> dict[int, Wishes]:
    """What these people chose; three statements."""
    found: dict[int, Wishes] = defaultdict(Wishes)
    preferences = Preference.objects.filter(person__in=person_ids)
    for person, child, kind, channel, rhythm in preferences.values_list(
        "person_id", "child_id", "kind", "channel", "rhythm"
    ):
        found[person].rhythms[child, kind, channel] = rhythm
    for mute in Mute.objects.filter(person__in=person_ids):
        found[mute.person_id].mutes.append(mute)
    for schedule in PersonSchedule.objects.filter(person__in=person_ids):
        found[schedule.person_id].schedule = schedule
    return found


def rules_of(establishment_id: int) -> SchoolRules:
    """What a school decided, opened by hand: a job has no school; three statements."""
    with scope(establishment_id):
        rows = SchoolRhythm.objects.values_list("kind", "audience", "rhythm", "is_locked")
        rhythms = {(kind, audience): (rhythm, is_locked) for kind, audience, rhythm, is_locked in rows}
        return SchoolRules(hours_of(establishment_id), rhythms)
