"""What happens every minute, and every night."""

from datetime import timedelta

from django.db.models import Q

from pupitre.foundation import clock, jobs
from pupitre.notifications.models import Envelope, Mute, Notification
from pupitre.notifications.services.routing import SEND, route_due
from pupitre.notifications.services.sending import CLAIMED, LEASE

KEPT_DAYS = 60
"""How long a notice stays in the list; what it tells of stays in its own room."""
_MOST_JOBS = 20


def sweep() -> None:
    """Release what is due by now, and have it sent by as many workers as there are."""
    route_due()
    now = clock.now()
    lost = Q(state=Envelope.State.SENDING, claimed_at__lt=now - LEASE)
    due = Envelope.objects.filter(Q(state=Envelope.State.WAITING) | lost, due_at__lte=now)
    count = due[: _MOST_JOBS * CLAIMED].count()
    jobs.enqueue_many(SEND, [{} for _job in range(-(-count // CLAIMED))])


def forget_old() -> None:
    """Delete what is older than it is kept: notices, envelopes, silences that are over."""
    limit = clock.now() - timedelta(days=KEPT_DAYS)
    Notification.objects.filter(visible_at__lt=limit, created_at__lt=limit).delete()
    Envelope.objects.filter(due_at__lt=limit).delete()
    Mute.objects.filter(until_at__lt=clock.now()).delete()
