"""When what is written becomes readable by families, and who may pass before the hour."""

from datetime import datetime

from django.db.models import Model

from pupitre.establishments.scope import scope
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.notifications.queries import hours_of
from pupitre.notifications.quiet_hours import opens_at, release_at, share_of

URGENT = "notifications.urgent"


class NotUrgent(PermissionError):
    """Somebody asked to pass quiet hours without the right to."""


def release_time(
    *, establishment_id: int, now: datetime | None = None, reader_id: int | None = None, urgent: bool = False
) -> datetime:
    """When something written now becomes readable by families: now, or the next opening of the school.

    With a reader, their place in the spread after the opening (0–60 min) is added: for what each receives apart. Two
    statements. `urgent` passes at once: check `may_send_urgent` before, and tell `record_urgent`.
    """
    instant = now or clock.now()
    if urgent:
        return instant
    with scope(establishment_id):
        rules = hours_of(establishment_id)
    if reader_id is None:
        return opens_at(rules, instant)
    return release_at(rules, instant, share_of(establishment_id, reader_id))


def may_send_urgent(actor: Actor) -> bool:
    """Whether the actor may pass quiet hours: safety, transport, a teacher absent the next morning."""
    return actor.has(URGENT)


def record_urgent(actor: Actor, target: Model | None = None, *, kind: str, recipients: int) -> None:
    """Write one use of the urgent lane in the journal, in the transaction of the act. Raises NotUrgent."""
    if not may_send_urgent(actor):
        raise NotUrgent(kind)
    audit.record(actor, "notifications.urgent", target, kind=kind, recipients=recipients)
