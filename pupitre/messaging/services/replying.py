"""Answering a message: its author alone, in private, or everyone who received it when the author and the rules let do so."""

from collections.abc import Sequence

from django.db import transaction

from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.stamps import person_audience, raise_stamps
from pupitre.messaging.audiences import OF_A_GROUP, Audience, Kind
from pupitre.messaging.models import Addressee, MailboxEntry, Message, Thread
from pupitre.messaging.parties import Party
from pupitre.messaging.queries.addressing import Addressed, address
from pupitre.messaging.queries.myself import Myself, myself
from pupitre.messaging.queries.people import candidates_among
from pupitre.messaging.refusals import NeedsChild, NoReply, NoReplyToAll, Unreachable, left_the_school
from pupitre.messaging.services.filing import mark_read
from pupitre.messaging.services.writing import Gesture, Words, already_sent, write


@transaction.atomic
def reply(
    message: Message,
    words: Words,
    actor: Actor,
    *,
    to_all: bool = False,
    about_id: int | None = None,
    gesture: Gesture | None = None,
) -> Message:
    """Answer a message that the actor received, or go on after their own. Once only for one `words.key`.

    An answer to the author alone of what many received opens a discussion between the two. `about_id`: the child, for a
    guardian who received it about several. Raises NotSent.
    """
    if sent := already_sent(actor, words.key):
        return sent
    entry = MailboxEntry.objects.get(person_id=actor.person_id, thread_id=message.thread_id, message_id=message.pk)
    is_mine = message.author_id == actor.person_id
    me = myself(actor)
    party = Party(entry.party)
    about = _about(entry, message.thread, about_id) if party == Party.GUARDIAN else None
    if not is_mine and message.replies == Message.Replies.NONE:
        raise NoReply
    everyone = to_all or is_mine
    if everyone and not may_reply_to_all(message, entry, me, actor):
        raise NoReplyToAll
    addressed = _everyone(message, me, actor, about) if everyone else [_author(message, me)]
    in_private = not everyone and message.recipient_count > 1
    thread = _private_thread(message, actor, about) if in_private else message.thread
    sent = write(
        *(words, addressed),
        me=me,
        party=party,
        about_id=about,
        actor=actor,
        gesture=gesture or Gesture(),
        thread=thread,
    )
    if MailboxEntry.objects.filter(pk=entry.pk, answered_at=None).update(answered_at=clock.now()):
        raise_stamps([person_audience(actor.person_id)])
    mark_read(actor.person_id, message.thread_id)
    return sent


def may_reply_to_all(message: Message, entry: MailboxEntry, me: Myself, actor: Actor) -> bool:
    """Whether somebody may answer everyone: the author lets do so, and their groups are theirs to write to (MSG-4).

    Three statements when a group received it.
    """
    if message.author_id == actor.person_id:
        return True
    if message.replies != Message.Replies.ALL or entry.role == MailboxEntry.Role.BCC or message.recipient_count < 2:
        return False
    groups = [each for each in _addressees(message) if each.kind in (*OF_A_GROUP, Kind.EVERYONE)]
    if not groups:
        return True
    return not any(each.problem for each in address(me.sender(_child_of(entry)), actor, groups))


def _child_of(entry: MailboxEntry) -> int | None:
    return entry.child_ids[0] if entry.child_ids else None


def _about(entry: MailboxEntry, thread: Thread, about_id: int | None) -> int | None:
    """The child of a guardian's answer. Raises NeedsChild when it was about several."""
    children = entry.child_ids
    if about_id in children:
        return about_id
    if thread.about_id in children:
        return thread.about_id
    if len(children) > 1:
        raise NeedsChild
    return children[0] if children else None


def _author(message: Message, me: Myself) -> Addressed:
    """The author of a message, as it was written. Raises Unreachable when they have left."""
    party = Party(message.author_party)
    here = candidates_among(me.sender(), [message.author_id])
    if not any(each.person_id == message.author_id for each in here):
        raise Unreachable(left_the_school(message.author_name))
    about = message.thread.about_id if party == Party.GUARDIAN else None
    return Addressed(Audience(Kind.PERSON, message.author_id, party, about), message.author_name)


def _addressees(message: Message) -> list[Audience]:
    rows = Addressee.objects.filter(message=message).exclude(role=Addressee.Role.BCC).order_by("pk")
    return [Audience(Kind(row.kind), row.target_id, row.party, row.about_id, row.role) for row in rows]


def _everyone(message: Message, me: Myself, actor: Actor, about_id: int | None) -> list[Addressed]:
    """Whoever received a message, those who left apart, and its author."""
    rows: Sequence[Addressee] = list(
        Addressee.objects.filter(message=message).exclude(role=Addressee.Role.BCC).order_by("pk")
    )
    people = [row.target_id for row in rows if row.kind == Kind.PERSON]
    here = {each.person_id for each in candidates_among(me.sender(about_id), people)} if people else set()
    found = [
        Addressed(Audience(Kind(row.kind), row.target_id, row.party, row.about_id, row.role), row.label)
        for row in rows
        if row.kind != Kind.PERSON or row.target_id in here
    ]
    return found if message.author_id == actor.person_id else [_author(message, me), *found]


def _private_thread(message: Message, actor: Actor, about_id: int | None) -> Thread:
    """The discussion between the actor and the author about a message that many received; one, whatever the answers."""
    return Thread.objects.get_or_create(
        answers_id=message.pk,
        started_by_id=actor.person_id,
        about_id=about_id,
        defaults={
            "establishment_id": message.establishment_id,
            "subject": message.subject,
            "started_at": clock.now(),
        },
    )[0]
