"""The notices that messages gave rise to: seen with the message, withdrawn with it."""

from collections.abc import Collection, Iterable

from pupitre.foundation import clock, live
from pupitre.foundation.stamps import person_audience, raise_stamps
from pupitre.messaging.models import Message
from pupitre.notifications.models import Notification


def key_of(message_id: int) -> str:
    """Under which key people are told of a message."""
    return f"messaging:{message_id}"


def seen(person_id: int, message_ids: Iterable[int]) -> None:
    """Somebody has read these messages: their notices have served. One statement, two when there were some."""
    keys = [key_of(message_id) for message_id in message_ids]
    unread = Notification.objects.filter(person=person_id, read_at=None, group_key__in=keys)
    if keys and unread.update(read_at=clock.now()):
        live.tell([person_id])


def withdraw(message: Message, person_ids: Collection[int]) -> None:
    """Nobody is told any more of what they did not receive, nor asked to answer it."""
    told = Notification.objects.filter(person__in=person_ids, group_key=key_of(message.pk))
    told.filter(routed_at=None).delete()
    told.update(read_at=clock.now())
    raise_stamps(map(person_audience, person_ids))
    live.tell(person_ids)
