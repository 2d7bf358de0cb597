"""What is kept no longer (MSG-11): the bin thirty days, mailboxes three years, then the messages that nobody holds."""

import datetime as dt

from django.db.models import Exists, OuterRef

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.files.services.attaching import detach_all
from pupitre.foundation import clock
from pupitre.messaging.models import AutoAnswer, Draft, MailboxEntry, Message, Thread
from pupitre.messaging.retention import BIN, DRAFT, MAILBOX

_BATCH = 5000


def purge() -> int:
    """Delete what is too old, in every school; how many letters. Run at night; may be stopped and begun again."""
    now = clock.now()
    count = 0
    for old in (
        MailboxEntry.objects.filter(place=MailboxEntry.Place.TRASH, trashed_at__lt=now - BIN),
        MailboxEntry.objects.filter(visible_at__lt=now - MAILBOX),
    ):
        while ids := list(old.values_list("pk", flat=True)[:_BATCH]):
            count += MailboxEntry.objects.filter(pk__in=ids).delete()[0]
    Draft.objects.filter(saved_at__lt=now - DRAFT).delete()
    AutoAnswer.objects.filter(ends_on__lt=clock.today()).delete()
    for establishment_id in Establishment.objects.values_list("pk", flat=True):
        with scope(establishment_id):
            _forget_messages(now)
    return count


def _forget_messages(now: dt.datetime) -> None:
    """Messages of the open school that are in no mailbox."""
    held = MailboxEntry.objects.filter(message_id=OuterRef("pk"))
    alone = Message.objects.filter(~Exists(held), written_at__lt=now - BIN, reports__isnull=True)
    for message in alone[:_BATCH]:
        detach_all(target=message)
        message.delete()
    empty = Message.objects.filter(thread=OuterRef("pk"))
    Thread.objects.filter(~Exists(empty), started_at__lt=now - BIN).delete()
