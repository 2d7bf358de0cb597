"""A discussion as one of its readers sees it: the messages that are in their mailbox, and what they may do with each."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Q

from pupitre.directory.models import Person
from pupitre.files.models import StoredFile
from pupitre.files.queries import files_of
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.messaging.models import MailboxEntry, Message, Thread
from pupitre.messaging.parties import FAMILIES, Party

WITHDRAWN = (Message.State.RECALLED, Message.State.HIDDEN, Message.State.CANCELLED, Message.State.REFUSED)


@dataclass(frozen=True, slots=True)
class Readers:
    """Who has opened a message that follows its reading, and when the last one did."""

    read: int
    total: int
    families_read: int
    families: int
    last_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """One message of a discussion, in the reader's mailbox."""

    message: Message
    entry: MailboxEntry
    files: Sequence[StoredFile]
    is_mine: bool
    readers: Readers | None = None

    @property
    def is_withdrawn(self) -> bool:
        """Whether its words are no longer shown to this reader."""
        return self.message.state in WITHDRAWN and not (self.is_mine and self.message.state != Message.State.HIDDEN)


@dataclass(frozen=True, slots=True)
class Discussion:
    """`origin`: the message that it answers in private, when the reader has it too."""

    thread: Thread
    letters: Sequence[Letter]
    children: str
    origin: Message | None = None

    @property
    def last(self) -> Letter:
        return self.letters[-1]

    @property
    def to_answer(self) -> Letter | None:
        """The letter that an answer goes to: the last one received, else one's own last one."""
        sent = [each for each in self.letters if not each.is_withdrawn and each.message.state == Message.State.SENT]
        return next((each for each in reversed(sent) if not each.is_mine), sent[-1] if sent else None)


def discussion(thread: Thread, actor: Actor) -> Discussion:
    """What the actor has of a discussion; four statements, five when a message of theirs follows its reading."""
    entries = list(
        allowed(actor, "messaging.view_entry", MailboxEntry.objects.filter(thread_id=thread.pk)).order_by(
            "visible_at", "message_id"
        )
    )
    messages: dict[int, Message] = Message.objects.in_bulk([each.message_id for each in entries])
    files = files_of(list(messages.values()))
    followed = [
        each for each in messages.values()
        if each.author_id == actor.person_id and each.tracks_reading and each.author_party != Party.STUDENT
    ]  # fmt: skip
    readers = _readers([each.pk for each in followed])
    letters = [
        Letter(
            messages[each.message_id],
            each,
            files[each.message_id],
            messages[each.message_id].author_id == actor.person_id,
            readers.get(each.message_id),
        )
        for each in entries
        if each.message_id in messages
    ]
    children = next((each.children for each in entries if each.children), "")
    return Discussion(thread, letters, children, _origin(thread, actor))


def _origin(thread: Thread, actor: Actor) -> Message | None:
    if thread.answers_id is None:
        return None
    seen = allowed(actor, "messaging.view_message", Message.objects.all())
    found: Message | None = seen.filter(pk=thread.answers_id, state=Message.State.SENT).first()
    return found


def _readers(message_ids: Sequence[int]) -> dict[int, Readers]:
    if not message_ids:
        return {}
    families = Q(party__in=sorted(FAMILIES))
    counted = (
        MailboxEntry.objects.filter(message_id__in=message_ids)
        .exclude(role=MailboxEntry.Role.AUTHOR)
        .values_list("message_id")
        .annotate(
            read=Count("read_at"),
            total=Count("pk"),
            some=Count("read_at", filter=families),
            all=Count("pk", filter=families),
            last=Max("read_at"),
        )
        .order_by("message_id")
    )
    return {pk: Readers(*facts) for pk, *facts in counted}


@dataclass(frozen=True, slots=True)
class Reader:
    """A recipient, and when they first opened the message."""

    entry: MailboxEntry
    name: str


def readers_of(message: Message) -> list[Reader]:
    """Everyone who received a message, those who have not opened it first; two statements."""
    entries = list(MailboxEntry.objects.filter(message_id=message.pk).exclude(role=MailboxEntry.Role.AUTHOR))
    names = {person.pk: person for person in Person.objects.filter(pk__in=[each.person_id for each in entries])}
    rows = sorted(
        (each for each in entries if each.person_id in names),
        key=lambda each: (each.read_at is not None, names[each.person_id].sort_key),
    )
    return [Reader(each, names[each.person_id].display_name) for each in rows]
