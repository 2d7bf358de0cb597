"""Sending the envelopes that are due: claimed, sent, confirmed, one at a time.

A worker that is killed leaves at most one message whose fate is unknown: the others were confirmed, or not begun. After the
lease, another worker sends what was left; the unknown one leaves again under the same reference (`Message-ID`, `Topic`,
reference of the gateway), by which whoever receives it twice can tell.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from pupitre.foundation import clock, jobs
from pupitre.foundation.registry import NotificationKind, offered
from pupitre.notifications.carriers import Outcome
from pupitre.notifications.kinds import Audience
from pupitre.notifications.models import Channel, DeliveryFailure, Envelope, Notification
from pupitre.notifications.policies import still_concerned
from pupitre.notifications.quiet_hours import QuietHours, is_open, opens_at
from pupitre.notifications.services.failures import Failed, record_failures, settle_reached
from pupitre.notifications.services.handing import Post, Sack
from pupitre.notifications.sql import CLAIM
from pupitre.notifications.wishes import Wishes, rules_of, wishes_of

CLAIMED = 50
LEASE = timedelta(minutes=2)
PACE = timedelta(minutes=30)
"""Between two messages of the same kind about the same child (NTF-2)."""
RETRIES = tuple(timedelta(minutes=each) for each in (1, 2, 5, 15, 30, 60, 120))

State = Envelope.State


@dataclass(slots=True)
class _Round:
    """What one run knows of schools, and what it has to tell them."""

    hours: dict[int, QuietHours] = field(default_factory=dict)
    failed: list[Failed] = field(default_factory=list)
    reached: list[tuple[int, int, str]] = field(default_factory=list)

    def hours_of(self, school: int) -> QuietHours:
        if school not in self.hours:
            self.hours[school] = rules_of(school).hours
        return self.hours[school]


def send_due() -> int:
    """Send everything that is due; how many envelopes left. Several workers share the work."""
    run, sent = _Round(), 0
    labels = {kind.key: str(kind.label) for kind in offered(NotificationKind)}
    with Post(labels) as post:
        while not jobs.must_stop() and (claimed := _claim()):
            sent += _send(_in_time(claimed, run), post, run)
            _tell_schools(run)
    return sent


def _claim() -> list[Envelope]:
    now = clock.now()
    limits = {"now": now, "lost": now - LEASE, "pace": now - PACE, "most": CLAIMED}
    return list(Envelope.objects.raw(CLAIM, limits))


def _in_time(claimed: Sequence[Envelope], run: _Round) -> list[Envelope]:
    """Those that may leave now; the others are put back until the quiet hours allow."""
    now = clock.now()
    staff = [each.person_id for each in claimed if each.audience == Audience.STAFF]
    wishes = wishes_of(staff) if staff else {}
    kept = []
    for each in claimed:
        hours = run.hours_of(each.establishment_id)
        if each.audience == Audience.STAFF:
            hours = wishes.get(each.person_id, Wishes()).hours(hours)
        if each.is_urgent or is_open(hours, now):
            kept.append(each)
        else:
            _put_back(each, opens_at(hours, now), attempts=each.attempts - 1)
    return kept


def _send(envelopes: Sequence[Envelope], post: Post, run: _Round) -> int:
    contents = _contents(envelopes)
    sacks = post.fill({each: contents[each.pk] for each in envelopes if contents.get(each.pk)})
    sent = 0
    for envelope in envelopes:
        sack = sacks.get(envelope.pk)
        if sack is None:
            # Everything was read on the site meanwhile, or is no longer this person's concern.
            _close(envelope, State.DROPPED)
        elif _renew(envelope):
            sent += _hand_over(envelope, sack, post, run)
    return sent


def _contents(envelopes: Sequence[Envelope]) -> dict[int, list[Notification]]:
    """What each envelope holds that is still to be read; one statement a channel."""
    found: dict[int, list[Notification]] = defaultdict(list)
    for channel in Channel.values:
        ids = [each.pk for each in envelopes if each.channel == channel]
        people = {each.person_id for each in envelopes if each.channel == channel}
        if not ids:
            continue
        inside = Notification.objects.filter(person__in=people, read_at=None, **{f"{channel}_id__in": ids})
        for notice in inside.filter(still_concerned()).order_by("visible_at", "pk"):
            found[getattr(notice, f"{channel}_id")].append(notice)
    return found


def _renew(envelope: Envelope) -> bool:
    """Whether the envelope is still ours: a slow round must not send what another worker took over."""
    now = clock.now()
    if envelope.claimed_at is not None and now - envelope.claimed_at < LEASE / 4:
        return True
    mine = Envelope.objects.filter(pk=envelope.pk, state=State.SENDING, claimed_at=envelope.claimed_at)
    envelope.claimed_at = now
    return bool(mine.update(claimed_at=now))


def _hand_over(envelope: Envelope, sack: Sack, post: Post, run: _Round) -> int:
    outcome = post.hand_over(envelope, sack)
    if outcome is Outcome.SENT:
        _close(envelope, State.SENT)
        run.reached.append((envelope.establishment_id, envelope.person_id, envelope.channel))
        return 1
    if outcome is Outcome.NOWHERE:
        _close(envelope, State.DROPPED)
    elif outcome is Outcome.LATER and envelope.attempts <= len(RETRIES):
        _put_back(envelope, clock.now() + RETRIES[envelope.attempts - 1], attempts=envelope.attempts)
    else:
        _close(envelope, State.FAILED)
        if envelope.channel != Channel.PUSH:
            run.failed.append(_failure(envelope, sack, outcome))
    return 0


def _failure(envelope: Envelope, sack: Sack, outcome: Outcome) -> Failed:
    reasons = DeliveryFailure.Reason
    reason = reasons.REFUSED if outcome is Outcome.REFUSED else reasons.UNAVAILABLE
    return Failed(envelope.establishment_id, envelope.person_id, envelope.channel, sack.notices[-1].kind, reason)


def _close(envelope: Envelope, state: State) -> None:
    sent_at = clock.now() if state == State.SENT else None
    Envelope.objects.filter(pk=envelope.pk).update(state=state, sent_at=sent_at)


def _put_back(envelope: Envelope, at: datetime, *, attempts: int) -> None:
    """Have an envelope wait again; when another one waits for the same key by now, its contents join it."""
    mine = Envelope.objects.filter(pk=envelope.pk)
    try:
        with transaction.atomic():
            mine.update(state=State.WAITING, due_at=at, claimed_at=None, attempts=attempts)
    except IntegrityError:
        with transaction.atomic():
            _join(envelope)
            mine.update(state=State.DROPPED)


def _join(envelope: Envelope) -> None:
    same = {name: getattr(envelope, name) for name in ("person_id", "channel", "rhythm", "kind", "child_id")}
    other = Envelope.objects.select_for_update().get(state=State.WAITING, **same)
    column = f"{envelope.channel}_id"
    Notification.objects.filter(person=envelope.person_id, **{column: envelope.pk}).update(**{column: other.pk})


def _tell_schools(run: _Round) -> None:
    record_failures(run.failed)
    settle_reached(run.reached)
    run.failed.clear()
    run.reached.clear()
