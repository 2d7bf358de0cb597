"""What every message goes through, a new letter and an answer alike: checks, holds, one row, its addressees, its delivery."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Sum

from pupitre.files.services.attaching import attach
from pupitre.foundation import audit, clock, jobs
from pupitre.foundation.actor import Actor
from pupitre.foundation.text import plain, subject_of
from pupitre.messaging.audiences import Kind
from pupitre.messaging.models import BODY_LENGTH, SUBJECT_LENGTH, Addressee, Message, Thread
from pupitre.messaging.parties import FAMILIES, Party
from pupitre.messaging.queries.addressing import Addressed, count_recipients
from pupitre.messaging.queries.myself import Myself
from pupitre.messaging.queries.rules import reviews_pupils
from pupitre.messaging.refusals import (
    EmptyMessage,
    MassNotAllowed,
    NeedsConfirmation,
    NobodyChosen,
    NobodyThere,
    NotRightToUrgent,
    TooLong,
)
from pupitre.messaging.services.delivery import DELIVER, deliver, post_to_author
from pupitre.messaging.services.suspending import refuse_while_suspended
from pupitre.messaging.words import listed
from pupitre.notifications.services.publication import may_send_urgent, record_urgent, release_time

MASS = "messaging.mass"
CONFIRM_ABOVE, MASS_ABOVE = 50, 500
DEVICE_HOLD = dt.timedelta(minutes=10)
"""How long a mass send from a device new to the account waits (RGP-5)."""
_WINDOW = dt.timedelta(hours=1)
# More than this in an hour, from somebody without the right to write to many, is read by an adult first.
_UNUSUAL_FAMILY, _UNUSUAL_STAFF = CONFIRM_ABOVE, MASS_ABOVE


@dataclass(frozen=True, slots=True)
class Options:
    """What an author asks of a message. `replies` empty: as the recipients suggest."""

    replies: str = ""
    tracks_reading: bool = False
    needs_answer: bool = False
    is_urgent: bool = False
    kind: str = Message.Kind.ORDINARY


@dataclass(frozen=True, slots=True)
class Words:
    """What is written, and what goes with it. `key` is the letter's own: sent twice, it is one message."""

    body: str
    key: UUID
    subject: str = ""
    upload_ids: Sequence[int] = ()
    options: Options = field(default_factory=Options)


@dataclass(frozen=True, slots=True)
class Gesture:
    """How it is sent: `confirmed` that many people receive it; from a device that is new to the account."""

    confirmed: bool = False
    new_device: bool = False


def already_sent(actor: Actor, key: UUID) -> Message | None:
    """The message that this letter already is."""
    found: Message | None = Message.objects.filter(author_id=actor.person_id, key=key).first()
    return found


def write(
    words: Words,
    addressed: Sequence[Addressed],
    *,
    me: Myself,
    party: Party,
    about_id: int | None,
    actor: Actor,
    gesture: Gesture,
    thread: Thread | None = None,
) -> Message:
    """Write a message whose recipients were checked, and deliver it unless something holds it. Raises NotSent."""
    body = checked_body(words.body)
    _check_urgent(words.options, actor)
    if words.options.kind == Message.Kind.ORDINARY:
        refuse_while_suspended(actor, me=me, party=party, about_id=about_id)
    counts = _checked_counts(addressed, actor, gesture)
    now = clock.now()
    subject = (" ".join(plain(words.subject).split()) or subject_of(body))[:SUBJECT_LENGTH]
    thread = thread or Thread.objects.create(
        subject=subject, started_by_id=actor.person_id, started_at=now, about_id=about_id
    )
    total = sum(counts.values())
    hold = _hold(words.options, addressed, party, total, actor, gesture)
    passes = words.options.is_urgent or words.options.kind != Message.Kind.ORDINARY
    reaches_families = bool(FAMILIES & counts.keys())
    message = Message.objects.create(
        thread=thread,
        key=words.key,
        kind=words.options.kind,
        state=_STATE[hold],
        hold=hold,
        author_id=actor.person_id,
        author_name=me.name,
        author_about=me.about(party, about_id),
        author_party=party,
        addressed_to=listed([each.label for each in addressed if each.audience.role != Addressee.Role.BCC], 6)[:400],
        subject=thread.subject,
        body=body,
        replies=words.options.replies or _usual_replies(addressed, total),
        # « Not read » is never shown to students about adults (MSG-8).
        tracks_reading=words.options.tracks_reading and party != Party.STUDENT,
        needs_answer=words.options.needs_answer,
        is_urgent=passes,
        recipient_count=total,
        written_at=now,
        leaves_at=now + DEVICE_HOLD if hold == Message.Hold.DEVICE else now if hold == Message.Hold.QUEUE else None,
        visible_at=release_time(establishment_id=actor.establishment_id, urgent=passes) if reaches_families else now,
    )
    _note_addressees(message, addressed)
    files = attach(upload_ids=words.upload_ids, target=message, actor=actor)
    post_to_author(message, about_id, has_files=bool(files))
    if passes:
        record_urgent(actor, message, kind=message.kind, recipients=total)
    audit.record(actor, "messaging.send", message, recipients=total, hold=hold)
    _let_leave(message, actor)
    return message


_STATE = {
    "": Message.State.SENT,
    Message.Hold.QUEUE: Message.State.WAITING,
    Message.Hold.DEVICE: Message.State.WAITING,
    Message.Hold.MASS: Message.State.REVIEW,
    Message.Hold.PUPILS: Message.State.REVIEW,
}


def checked_body(text: str) -> str:
    """A body as it is kept. Raises EmptyMessage, TooLong."""
    body = plain(text)
    if not body:
        raise EmptyMessage
    if len(body) > BODY_LENGTH:
        raise TooLong(len(body))
    return body


def _check_urgent(options: Options, actor: Actor) -> None:
    if (options.is_urgent or options.kind != Message.Kind.ORDINARY) and not may_send_urgent(actor):
        raise NotRightToUrgent


def _checked_counts(addressed: Sequence[Addressed], actor: Actor, gesture: Gesture) -> dict[Party, int]:
    if not addressed:
        raise NobodyChosen
    counts = count_recipients(actor.person_id, [each.audience for each in addressed])
    total = sum(counts.values())
    if not total:
        raise NobodyThere
    if total > MASS_ABOVE and not actor.has(MASS):
        raise MassNotAllowed(total, MASS_ABOVE)
    if total > CONFIRM_ABOVE and not gesture.confirmed:
        raise NeedsConfirmation(counts)
    return counts


def _hold(
    options: Options, addressed: Sequence[Addressed], party: Party, total: int, actor: Actor, gesture: Gesture
) -> str:
    """What keeps a message from leaving at once; safety passes everything but the queue."""
    if options.kind == Message.Kind.ORDINARY:
        to_class = any(each.audience.kind == Kind.STUDENTS for each in addressed)
        if party == Party.STUDENT and to_class and reviews_pupils():
            return Message.Hold.PUPILS
        if _is_unusual(party, total, actor):
            return Message.Hold.MASS
        if gesture.new_device and total > CONFIRM_ABOVE:
            return Message.Hold.DEVICE
    return Message.Hold.QUEUE if total > MASS_ABOVE else ""


def _is_unusual(party: Party, total: int, actor: Actor) -> bool:
    if actor.has(MASS):
        return False
    lately = Message.objects.filter(author_id=actor.person_id, written_at__gt=clock.now() - _WINDOW)
    sent = lately.aggregate(sent=Sum("recipient_count"))["sent"] or 0
    return sent + total > (_UNUSUAL_FAMILY if party in FAMILIES else _UNUSUAL_STAFF)


def _usual_replies(addressed: Sequence[Addressed], total: int) -> str:
    """People named one by one discuss together; a class answers its teacher."""
    named = all(each.audience.kind in (Kind.PERSON, Kind.FAMILY) for each in addressed)
    return Message.Replies.ALL if named and total <= 10 else Message.Replies.AUTHOR


def _note_addressees(message: Message, addressed: Sequence[Addressed]) -> None:
    Addressee.objects.bulk_create(
        Addressee(
            establishment_id=message.establishment_id,
            message=message,
            role=each.audience.role,
            kind=each.audience.kind,
            target_id=each.audience.target,
            party=each.audience.party,
            about_id=each.audience.about,
            label=each.label[:200],
        )
        for each in addressed
    )


def _let_leave(message: Message, actor: Actor) -> None:
    if message.state == Message.State.SENT:
        deliver(message)
    elif message.state == Message.State.WAITING:
        at = message.leaves_at if message.hold == Message.Hold.DEVICE else None
        jobs.enqueue(DELIVER, at=at, message=message.pk, establishment=actor.establishment_id)
