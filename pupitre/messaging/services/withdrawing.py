"""Changing one's mind: a message is corrected, stopped before it arrives, or recalled after (MSG-6)."""

import datetime as dt

from django.db import transaction

from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.text import preview
from pupitre.messaging.models import MailboxEntry, Message
from pupitre.messaging.refusals import too_late_to_change, too_late_to_recall
from pupitre.messaging.services.notices import withdraw
from pupitre.messaging.services.writing import checked_body

RECALL = dt.timedelta(minutes=60)
EDIT = dt.timedelta(minutes=2)
_NOT_LEFT = (Message.State.WAITING, Message.State.REVIEW)


def may_change(message: Message) -> bool:
    """Whether its words can still be corrected: nobody of the families reads them yet, or it was sent a moment ago."""
    now = clock.now()
    if message.state in _NOT_LEFT:
        return True
    return message.state == Message.State.SENT and (now < message.visible_at or now - message.written_at <= EDIT)


def may_withdraw(message: Message) -> bool:
    """Whether it can still be stopped or recalled."""
    now = clock.now()
    if message.state in _NOT_LEFT:
        return True
    return message.state == Message.State.SENT and now - max(message.written_at, message.visible_at) <= RECALL


@transaction.atomic
def change(message: Message, *, body: str, actor: Actor) -> Message:
    """Correct the words of a message. What somebody may have read is marked as changed. Raises NotSent, TooLate."""
    message = Message.objects.select_for_update().get(pk=message.pk)
    if not may_change(message):
        raise too_late_to_change(message.visible_at)
    words = checked_body(body)
    entries = MailboxEntry.objects.filter(message_id=message.pk)
    if entries.exclude(role=MailboxEntry.Role.AUTHOR).filter(visible_at__lte=clock.now()).exists():
        message.edited_at = clock.now()
    message.body = words
    message.save(update_fields=["body", "edited_at"])
    entries.update(preview=preview(words))
    audit.record(actor, "messaging.change", message)
    return message


@transaction.atomic
def take_back(message: Message, *, actor: Actor) -> Message:
    """Stop a message before it arrives, or recall it: whoever has it sees that it was, and no longer what it said.

    Raises TooLate.
    """
    message = Message.objects.select_for_update().get(pk=message.pk)
    if message.state in (Message.State.RECALLED, Message.State.CANCELLED):
        return message
    if not may_withdraw(message):
        raise too_late_to_recall(int(RECALL.total_seconds() / 60))
    now = clock.now()
    received = MailboxEntry.objects.filter(message_id=message.pk).exclude(role=MailboxEntry.Role.AUTHOR)
    people = list(received.values_list("person_id", flat=True))
    # Whoever could not read it yet never had it.
    received.filter(visible_at__gt=now).delete()
    arrived = received.update(state=Message.State.RECALLED, preview="", needs_answer=False)
    message.state = Message.State.RECALLED if arrived else Message.State.CANCELLED
    message.withdrawn_at = now
    message.save(update_fields=["state", "withdrawn_at"])
    MailboxEntry.objects.filter(message_id=message.pk, role=MailboxEntry.Role.AUTHOR).update(state=message.state)
    withdraw(message, people)
    audit.record(actor, "messaging.take_back", message, arrived=arrived)
    return message
