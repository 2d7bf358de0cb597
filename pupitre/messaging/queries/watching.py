"""What waits for those who look after messages, and the suspensions under way."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.messaging.models import Message, MessagingSuspension, Report

_SETTLED = 20


@dataclass(frozen=True, slots=True)
class Watch:
    """Messages to read before they leave, reports to settle (the gravest first), and the last ones settled."""

    messages: Sequence[Message]
    reports: Sequence[Report]
    settled: Sequence[Report]

    @property
    def count(self) -> int:
        return len(self.messages) + len(self.reports)


def watch_of(actor: Actor) -> Watch:
    """What the actor looks after; three statements."""
    reports = allowed(actor, "messaging.handle_report", Report.objects.select_related("message"))
    waiting = sorted(reports.filter(outcome="").order_by("reported_at"), key=lambda each: each.reason != "harassment")
    return Watch(
        list(allowed(actor, "messaging.review_message", Message.objects.all()).order_by("written_at")),
        waiting,
        list(reports.exclude(outcome="").order_by("-handled_at")[:_SETTLED]),
    )


def suspensions() -> QuerySet[MessagingSuspension]:
    """Those under way, the school's first."""
    return MessagingSuspension.objects.filter(ended_at=None).select_related("group").order_by("group__label")
