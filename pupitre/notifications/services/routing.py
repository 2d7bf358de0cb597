"""Putting notices in envelopes once they may be seen, according to what each person asked for by then."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from pupitre.accounts.models import User
from pupitre.directory.models import Affiliation, Person
from pupitre.directory.periods import held_on
from pupitre.foundation import clock, jobs, live
from pupitre.foundation.registry import NotificationKind, offered
from pupitre.notifications.kinds import Audience, audience_of
from pupitre.notifications.models import Channel, DeliveryFailure, Notification, PushSubscription, Rhythm
from pupitre.notifications.policies import still_concerned
from pupitre.notifications.quiet_hours import next_at, opens_at
from pupitre.notifications.services.failures import Failed, record_failures
from pupitre.notifications.services.posting import BATCH
from pupitre.notifications.sql import PUT_IN_ENVELOPES, SEAL
from pupitre.notifications.wishes import DAILY_AT, SchoolRules, Wishes, rhythm_of, rules_of, wishes_of

SEND = "notifications.send"
Key = tuple[int, str, str, str, int | None]
"""Person, channel, rhythm, kind and child of an envelope."""


@dataclass(slots=True)
class _Batch:
    """Everything known of the people of one batch."""

    wishes: dict[int, Wishes]
    reachable: dict[int, frozenset[str]]
    profiles: dict[tuple[int, int], set[str]]
    schools: dict[int, SchoolRules]
    kinds: dict[str, NotificationKind]
    now: datetime


@dataclass(slots=True)
class _Sorted:
    """Where the notices of a batch go: facts of each envelope, and the envelopes of each notice by channel."""

    envelopes: dict[Key, dict[str, Any]] = field(default_factory=dict)
    inside: dict[int, dict[str, Key]] = field(default_factory=lambda: defaultdict(dict))
    unreachable: list[Failed] = field(default_factory=list)


def route_due() -> int:
    """Put in envelopes everything that may be seen by now, batch by batch; how many notices.

    Each batch is one transaction, whose rows no other worker waits for: a worker killed in the middle loses nothing.
    """
    done = 0
    while not jobs.must_stop() and (taken := _route_batch()):
        done += taken
    return done


@transaction.atomic
def _route_batch() -> int:
    now = clock.now()
    due = Notification.objects.filter(routed_at=None, visible_at__lte=now).order_by("visible_at")
    ids = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH])
    if not ids:
        return 0
    taken = Notification.objects.filter(pk__in=ids)
    # Whoever no longer answers for the child is told nothing, and keeps nothing.
    kept = list(taken.filter(still_concerned()))
    taken.exclude(pk__in=[each.pk for each in kept]).delete()
    sorted_ = _sort(kept, _gather(kept, now))
    _seal(kept, sorted_, now)
    record_failures(sorted_.unreachable)
    live.tell(each.person_id for each in kept)
    if any(facts["due"] <= now for facts in sorted_.envelopes.values()):
        jobs.enqueue(SEND)
    return len(ids)


def _gather(notices: Sequence[Notification], now: datetime) -> _Batch:
    people = {each.person_id for each in notices}
    schools = {each.establishment_id for each in notices}
    return _Batch(
        wishes=wishes_of(people),
        reachable=reachable(people),
        profiles=_profiles(people, schools),
        schools={school: rules_of(school) for school in sorted(schools)},
        kinds={kind.key: kind for kind in offered(NotificationKind)},
        now=now,
    )


def reachable(person_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """By which channels these people can be reached; one statement. A mail needs an account: its link leads to the site."""
    has_push = Exists(PushSubscription.objects.filter(person=OuterRef("pk")))
    people = Person.objects.filter(pk__in=person_ids).select_related("user").annotate(has_push=has_push)
    found = {}
    for person in people:
        is_active = person.user is not None and person.user.state == User.State.ACTIVE
        ways = {
            Channel.PUSH: is_active and person.has_push,
            Channel.MAIL: is_active and bool(address_of(person)),
            Channel.SMS: bool(person.mobile) and person.accepts_sms,
        }
        found[person.pk] = frozenset(channel.value for channel, way in ways.items() if way)
    return found


def address_of(person: Person) -> str:
    """Where a person reads their mail: the address of their account, else the one that the school knows."""
    return (person.user.email if person.user else "") or person.email


def _profiles(people: Iterable[int], schools: Iterable[int]) -> dict[tuple[int, int], set[str]]:
    here = Affiliation.objects.filter(held_on(clock.today()), Q(person__in=people, establishment__in=schools))
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    for person, school, profile in here.values_list("person_id", "establishment_id", "profile"):
        found[person, school].add(profile)
    return found


def _sort(notices: Sequence[Notification], batch: _Batch) -> _Sorted:
    found = _Sorted()
    for notice in notices:
        kind = batch.kinds.get(notice.kind)
        if kind is None:
            continue  # Its room was taken out of the house.
        channels = batch.reachable.get(notice.person_id, frozenset())
        if kind.sms and not channels:
            found.unreachable.append(
                Failed(
                    notice.establishment_id, notice.person_id, Channel.SMS, kind.key, DeliveryFailure.Reason.NO_ADDRESS
                )
            )
        for channel in sorted(channels):
            _put(notice, kind, channel, batch, found)
    return found


def _put(notice: Notification, kind: NotificationKind, channel: str, batch: _Batch, found: _Sorted) -> None:
    wishes, school = batch.wishes.get(notice.person_id, Wishes()), batch.schools[notice.establishment_id]
    profiles = batch.profiles.get((notice.person_id, notice.establishment_id), set())
    audience = Audience.GUARDIAN if notice.child_id is not None else audience_of(profiles)
    # Urgent by decision rather than by nature: nobody can have chosen not to be told.
    is_forced = notice.is_urgent and not kind.urgent
    if wishes.is_silent(kind.key, notice.child_id, batch.now, notice.author_id) and not is_forced:
        return
    rhythm = rhythm_of(
        kind, channel, audience=audience, profiles=profiles, child_id=notice.child_id, wishes=wishes, school=school
    )
    if is_forced and channel != Channel.SMS:
        rhythm = Rhythm.IMMEDIATE
    if rhythm == Rhythm.NEVER:
        return
    at_once = rhythm == Rhythm.IMMEDIATE
    key: Key = (notice.person_id, channel, rhythm, kind.key if at_once else "", notice.child_id if at_once else None)
    found.inside[notice.pk][channel] = key
    due = batch.now if notice.is_urgent and at_once else _due(rhythm, audience, wishes, school, batch.now)
    facts = found.envelopes.setdefault(
        key, {"school": notice.establishment_id, "audience": audience.value, "due": due, "urgent": False}
    )
    facts["urgent"] |= notice.is_urgent and at_once
    facts["due"] = min(facts["due"], due)


def _due(rhythm: str, audience: Audience, wishes: Wishes, school: SchoolRules, now: datetime) -> datetime:
    hours = wishes.hours(school.hours) if audience == Audience.STAFF else school.hours
    if rhythm == Rhythm.IMMEDIATE:
        return opens_at(hours, now)
    hour = wishes.schedule.daily_at or DAILY_AT[audience]
    return next_at(hours, now, hour, wishes.schedule.weekly_day if rhythm == Rhythm.WEEKLY else None)


def _seal(notices: Sequence[Notification], found: _Sorted, now: datetime) -> None:
    """Write the envelopes, joining those that wait for the same key, and what each notice left in; two statements."""
    keys = list(found.envelopes)
    facts = [found.envelopes[key] for key in keys]
    columns = {
        name: [key[place] for key in keys]
        for place, name in enumerate(("person", "channel", "rhythm", "kind", "child"))
    }
    columns |= {name: [fact[name] for fact in facts] for name in ("school", "audience", "due", "urgent")}
    with connection.cursor() as cursor:
        ids: dict[Key, int] = {}
        if keys:
            cursor.execute(PUT_IN_ENVELOPES, columns)
            ids = {(row[1], row[2], row[3], row[4], row[5]): row[0] for row in cursor.fetchall()}
        left = {
            channel: [ids[key] if (key := found.inside[each.pk].get(channel)) else None for each in notices]
            for channel in Channel.values
        }
        cursor.execute(SEAL, {"ids": [each.pk for each in notices], "now": now, **left})
