"""What somebody has seen leaves the number in the menu, and is not sent any more."""

from pupitre.foundation import clock, live
from pupitre.notifications.models import Notification


def mark_read(*, person_id: int, kind: str = "", group_key: str = "", notification_id: int | None = None) -> int:
    """Note that a person has seen their notices: all, those of a kind or of a group, or one; how many were new.

    For rooms whose pages show the thing itself. Two statements at most.
    """
    unread = Notification.objects.filter(person=person_id, read_at=None, visible_at__lte=clock.now())
    if kind:
        unread = unread.filter(kind=kind)
    if group_key:
        unread = unread.filter(group_key=group_key)
    if notification_id is not None:
        unread = unread.filter(pk=notification_id)
    seen: int = unread.update(read_at=clock.now())
    if seen:
        live.tell([person_id])
    return seen
