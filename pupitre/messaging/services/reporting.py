"""Telling those who look after messages that one of them hurts."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.messaging.models import Message, Report
from pupitre.messaging.policies import HARASSMENT, MODERATE
from pupitre.messaging.queries.watchers import holders_of
from pupitre.notifications.services.posting import Recipient, notify

WATCH = "messaging.watch"


@transaction.atomic
def report(message: Message, *, reason: str, note: str, actor: Actor, name: str) -> Report:
    """Report a message; a second report by the same person changes nothing. Harassment goes to named staff only."""
    found, created = Report.objects.get_or_create(
        message=message,
        reported_by_id=actor.person_id,
        defaults={
            "establishment_id": actor.establishment_id,
            "reason": reason,
            "note": note,
            "reported_by_name": name,
            "reported_at": clock.now(),
        },
    )
    if created:
        is_grave = reason == Report.Reason.HARASSMENT
        watchers = holders_of(HARASSMENT if is_grave else MODERATE)
        tell_watchers(
            watchers, actor, title=_("Un harcèlement est signalé") if is_grave else _("Un message est signalé"),
            but=message.author_id,
        )  # fmt: skip
        audit.record(actor, "messaging.report", message, reason=reason)
    return found


def tell_watchers(person_ids: list[int], actor: Actor, *, title: str, but: int | None = None) -> None:
    """Say that something waits to be looked at; never what."""
    notify(
        WATCH,
        [Recipient(person) for person in person_ids if person not in (but, actor.person_id)],
        establishment_id=actor.establishment_id,
        title=title,
        url=reverse("messages_of_school:moderation", args=[actor.uai]),
        group_key="messaging:watch",
    )
